"""CFG301: a version note whose version cannot be compared."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class UnreadableVersion(PageRule):
    """A timeline sorts notes by version, and this one is no version that can be sorted.

    Versions are numbers with points between them, as PEP 440 has them. A name in parentheses may
    follow. The note is shown all the same, at the end of the timeline.
    """

    code = 'CFG301'
    name = 'unreadable-version'
    severity = Severity.WARNING
    message = '{version!r} is no version that can be compared with others'
    help = 'write the number first: {example}'
    bad = (Example('rst', '.. version-timeline::\n\n.. versionadded:: Victoria\n'),)
    good = (Example('rst', '.. version-timeline::\n\n.. versionadded:: 21.0.0 (Victoria)\n'),)
    exceptions = (
        'The project has releases that are not numbered. Notes are looked at where a timeline '
        'shows them, or ``configcheck_releases`` is set.'
    )
    source = 'PEP 440, as ``packaging.version`` reads it.'
