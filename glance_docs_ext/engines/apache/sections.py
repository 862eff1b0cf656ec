"""Tag, Section: the sections of Apache, and what may stand inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.conditions import CONDITIONS
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


_made = tuple.__new__  # half the time of a call of the class


class Tag(NamedTuple):
    """The name of a section with its brackets, its arguments, and what these were taken from."""

    name: Word
    arguments: tuple[Word, ...]
    rest: Word

    @property
    def span(self) -> Span:
        """The stretch from the name to the last argument."""
        return Span(self.name.start, max(self.name.end, self.rest.end))


class Section:
    """A section that is open: ``children`` is what was read into it, which `passed` keeps out.

    ``condition`` tells that the engine decides while it reads whether there is a body, ``opaque``
    that the body is no configuration.
    """

    __slots__ = (
        *('children', 'condition', 'contexts', 'inside', 'key', 'opaque', 'passed', 'tag'),
    )

    def __init__(self, tag: Tag, contexts: frozenset[str]) -> None:
        self.tag = tag
        self.key = key = tag[0][0][:-1].lower()  # the text of its name
        self.contexts = contexts
        self.condition = self.opaque = self.passed = False
        if key in INSIDE:
            self.inside = inside(key, contexts)
        elif key in CONDITIONS:
            self.inside = contexts
            self.condition = True
        else:
            self.inside = ANYWHERE
            self.opaque = self.passed = key.startswith(OPAQUE)
        self.children: list[Statement] = []

    def statement(self) -> Statement:
        """Return the section with all that was read into it."""
        return _made(Statement, (self.key, *self.tag, self.contexts, tuple(self.children)))


def inside(key: str, contexts: frozenset[str]) -> frozenset[str]:
    """Return the contexts of what stands in a section that stands in ``contexts`` itself."""
    own = INSIDE[key]
    # The sections of .htaccess allow no more than it does.
    return own | {'htaccess'} if 'htaccess' in contexts else own
