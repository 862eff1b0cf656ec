"""CFG304: a version note for a release that is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class FutureRelease(PageRule):
    """The note names a version that is newer than all known releases.

    Either a digit is wrong, or the note speaks of a release that nobody can have yet.
    """

    code = 'CFG304'
    name = 'future-release'
    severity = Severity.WARNING
    message = '{version} is newer than the last known release, {last}'
    help = 'correct the version, or add it, without a date, to the data of configcheck_releases'
    bad = (Example('rst', '.. versionadded:: 330.0.0\n'),)
    good = (Example('rst', '.. versionadded:: 33.0.0\n'),)
    conf: ClassVar[Mapping[str, object]] = {'configcheck_releases': 'glance'}
    exceptions = 'The release is announced: add it to the release data without a date.'
    source = 'The data that ``configcheck_releases`` names.'
