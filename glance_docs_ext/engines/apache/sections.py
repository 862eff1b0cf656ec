"""Tag, Section: the sections of Apache, and what may stand inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import ANYWHERE, Statement

if TYPE_CHECKING:
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

_INSIDE = {
    'vhost': ('<virtualhost',),
    'directory': ('<directory', '<directorymatch'),
    'location': ('<location', '<locationmatch'),
    'files': ('<files', '<filesmatch'),
    'proxy': ('<proxy', '<proxymatch'),
    'if': ('<if', '<elseif', '<else'),
    'limit': ('<limit', '<limitexcept'),
    'requireall': ('<requireall', '<requireany', '<requirenone'),
}
INSIDE = {key: frozenset({context}) for context, keys in _INSIDE.items() for key in keys}
# Their bodies are no configuration: a template, a program.
OPAQUE = ('<macro', '<perl', '<luahook', '<luaquickhandler')


class Tag(NamedTuple):
    """The name of a section with its brackets, its arguments, and what these were taken from."""

    name: Word
    arguments: tuple[Word, ...]
    rest: Word


class Section:
    """A section that is open: ``children`` is what was read into it, which `passed` keeps out.

    ``condition`` tells that the engine decides while it reads whether there is a body, ``opaque``
    that the body is no configuration.
    """

    __slots__ = (
        *('children', 'condition', 'contexts', 'inside', 'key', 'opaque', 'passed', 'span', 'tag'),
    )

    def __init__(self, tag: Tag, contexts: frozenset[str]) -> None:
        name, _arguments, rest = tag
        self.tag = tag
        self.key = name.text[:-1].lower()
        self.span = Span(name.span.start, max(name.span.end, rest.span.end))
        self.contexts = contexts
        self.inside = inside(self.key, contexts)
        self.condition = False
        self.opaque = self.passed = self.key.startswith(OPAQUE)
        self.children: list[Statement] = []

    def statement(self) -> Statement:
        """Return the section with all that was read into it."""
        return Statement(self.key, *self.tag, self.span, self.contexts, tuple(self.children))


def inside(key: str, contexts: frozenset[str]) -> frozenset[str]:
    """Return the contexts of what stands in a section that stands in ``contexts`` itself."""
    own = INSIDE.get(key, ANYWHERE)
    # The sections of .htaccess allow no more than it does.
    return own | {'htaccess'} if own and 'htaccess' in contexts else own
