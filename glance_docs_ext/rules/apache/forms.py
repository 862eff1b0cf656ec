"""FORMS: what the arguments of directives must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.rules.apache.numeric_forms import NUMERIC
from glance_docs_ext.rules.apache.text_forms import TEXTS

if TYPE_CHECKING:
    from glance_docs_ext.rules.apache.form import Form

FORMS: dict[str, tuple[Form, ...]] = {**NUMERIC, **TEXTS}
