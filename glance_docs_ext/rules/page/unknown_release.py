"""CFG303: a version note for a release that there was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnknownRelease(PageRule):
    """The note names a version between two known releases that is not one of them.

    A mistyped version tells a reader to look for a change where it did not happen. Versions before
    the first known release are not judged.
    """

    code = 'CFG303'
    name = 'unknown-release'
    severity = Severity.WARNING
    message = 'there is no release {version} between {before} and {after}'
    help = 'correct the version, or add it to the data that configcheck_releases names'
    conf: ClassVar[Mapping[str, object]] = {
        'configcheck_releases': {'2.0': {}, '2.1': {}, '2.3': {}},
    }
    bad = (Example('rst', '.. versionadded:: 2.2\n'),)
    good = (Example('rst', '.. versionadded:: 2.1.4\n'),)
    exceptions = 'The release data are not complete: complete them.'
    source = 'The data that ``configcheck_releases`` names.'
