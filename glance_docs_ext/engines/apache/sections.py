"""The sections of Apache: what may stand inside them, and one that is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glance_docs_ext.syntax import Statement

if TYPE_CHECKING:
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Word

CONTEXTS = (
    'server',
    'vhost',
    'directory',
    'location',
    'files',
    'proxy',
    'if',
    'limit',
    'requireall',
    'htaccess',
)
# A fragment may come from any of the files and sections of a server; .htaccess allows nothing more.
FRAGMENT = frozenset(CONTEXTS) - {'htaccess'}

INSIDE = {
    '<virtualhost': 'vhost',
    '<directory': 'directory',
    '<directorymatch': 'directory',
    '<location': 'location',
    '<locationmatch': 'location',
    '<files': 'files',
    '<filesmatch': 'files',
    '<proxy': 'proxy',
    '<proxymatch': 'proxy',
    '<if': 'if',
    '<elseif': 'if',
    '<else': 'if',
    '<limit': 'limit',
    '<limitexcept': 'limit',
    '<requireall': 'requireall',
    '<requireany': 'requireall',
    '<requirenone': 'requireall',
}
# Their bodies are no configuration: a template, a program.
OPAQUE = ('<macro', '<perl', '<luahook', '<luaquickhandler')


@dataclass(slots=True)
class Section:
    """A section that is open; what is in it while ``passed`` is no configuration to the engine."""

    key: str
    name: Word
    arguments: tuple[Word, ...]
    rest: Word
    span: Span
    contexts: frozenset[str]
    inside: frozenset[str]
    condition: bool = False
    passed: bool = False
    opaque: bool = False
    children: list[Statement] = field(default_factory=list)

    def statement(self) -> Statement:
        """Return the section with all that was read into it."""
        return Statement(
            self.key, self.name, self.arguments, self.rest, self.span, self.contexts,
            tuple(self.children),
        )  # fmt: skip
