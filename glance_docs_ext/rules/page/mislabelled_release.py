"""CFG305: a version with the name of another release."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class MislabelledRelease(PageRule):
    """The name in parentheses belongs to another version than the one it stands behind.

    One of the two is wrong, and a reader who knows only the name looks at the wrong release.
    """

    code = 'CFG305'
    name = 'mislabelled-release'
    severity = Severity.WARNING
    message = '{version} is {series}, not {label}'
    help = 'correct the version or the name'
    bad = (Example('rst', '.. versionchanged:: 21.0.0 (Ussuri)\n'),)
    good = (
        Example('rst', '.. versionchanged:: 21.0.0 (Victoria)\n'),
        Example('rst', '.. versionchanged:: 30.0.0 (2025.1, Epoxy)\n'),
    )
    conf: ClassVar[Mapping[str, object]] = {'configcheck_releases': 'glance'}
    exceptions = 'None: the release data say which name is whose.'
    source = 'The data that ``configcheck_releases`` names.'
