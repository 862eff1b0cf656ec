"""FORMATS: the one list of the forms that findings are reported in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.reporters import github, json, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glance_docs_ext.diagnostics import Diagnostic

FORMATS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {
    'text': text.render,
    'json': json.render,
    'github': github.render,
    'sarif': sarif.render,
}
