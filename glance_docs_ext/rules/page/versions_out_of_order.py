"""CFG302: version notes in a row that go forth and back."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class VersionsOutOfOrder(PageRule):
    """Notes that stand one under the other are read as a history, and this one is out of turn.

    Oldest first and newest first are both fine. Notes with other text between them are not
    compared: each belongs to what it stands under.
    """

    code = 'CFG302'
    name = 'versions-out-of-order'
    severity = Severity.WARNING
    message = '{version} stands below {above}, while the notes around it go {direction}'
    help = 'move the note, or correct its version'
    bad = (
        Example(
            'rst',
            '.. version-timeline::\n\n.. versionadded:: 15.0.0\n\n'
            '.. versionchanged:: 30.0.0\n\n.. versionchanged:: 21.0.0\n\n'
            '.. versionremoved:: 32.0.0\n',
        ),
    )
    good = (
        Example(
            'rst',
            '.. version-timeline::\n\n.. versionadded:: 15.0.0\n\n'
            '.. versionchanged:: 21.0.0\n\n.. versionchanged:: 30.0.0\n\n'
            '.. versionremoved:: 32.0.0\n',
        ),
    )
    exceptions = (
        'The notes are about different things. Notes are looked at where a timeline shows them, or '
        '``configcheck_releases`` is set.'
    )
    source = 'The page itself.'
