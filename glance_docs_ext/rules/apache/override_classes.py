"""permissions(deployment): what ``AllowOverride`` lets the ``.htaccess`` files of a page say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rules.apache.permitted_options import beyond, permitted
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Statement

CLASSES = ('AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options')
"""The classes of directives, as the catalogue spells them too."""
DIRECTIVES = ('allowoverride', 'allowoverridelist')
OPTIONS = 'options'


class Permission(NamedTuple):
    """What the files beneath one directory may say: classes, and directives by their keys.

    ``options`` is what ``Options`` may name, None for all (`permitted`). ``everything`` stands for
    what is not compared: a variable, and faults that do not count.
    """

    document: Document
    statement: Statement
    classes: frozenset[str]
    names: frozenset[str]
    options: frozenset[str] | None
    everything: bool

    @property
    def nothing(self) -> bool:
        """Whether the files are not even read."""
        return not (self.classes or self.names or self.everything)


class Allowed(NamedTuple):
    """What several directories allow together: a line is asked for once, not for each of them."""

    classes: frozenset[str]
    names: frozenset[str]
    options: frozenset[frozenset[str] | None]
    """What each directory that allows ``Options`` lets it name."""
    everything: bool

    def allows(self, key: str, classes: frozenset[str]) -> bool:
        """Whether a directive of one of these ``classes`` may stand in a file of one of them."""
        return self.everything or key in self.names or bool(self.classes & classes)

    def option_beyond(self, statement: Statement) -> str:
        """Return a word of an ``Options`` that may stand in none of the files, '' for no word."""
        if self.everything or not all(map(is_known, statement.arguments)):
            return ''
        words = [word.text for word in statement.arguments]
        found = [beyond(words, parts) for parts in self.options]
        return min(found, default='') if all(found) else ''


def together(given: Sequence[Permission]) -> Allowed:
    """Return what directories allow together."""
    return Allowed(
        frozenset[str]().union(*(one.classes for one in given)),
        frozenset[str]().union(*(one.names for one in given)),
        frozenset(one.options for one in given if 'Options' in one.classes or OPTIONS in one.names),
        any(one.everything for one in given),
    )


def permissions(deployment: Deployment) -> list[Permission]:
    """Return what the blocks of a deployment permit, one for each directory that says it.

    The root of the file system, which everybody closes, is left out where it permits nothing.
    """
    sections: dict[Statement | None, list[tuple[Document, Statement]]] = {}
    for document, placed in deployment.named('apache', *DIRECTIVES):
        section = placed.scope.section if placed.scope else None
        sections.setdefault(section, []).append((document, placed.statement))
    found = []
    for section, statements in sections.items():
        permission = _permission(statements)
        if not (permission.nothing and section and _is_root(section)):
            found.append(permission)
    return found


def _permission(statements: list[tuple[Document, Statement]]) -> Permission:
    classes: set[str] = set()
    names: set[str] = set()
    overrides: list[str] = []
    everything = False
    for _document, statement in statements:
        everything |= not all(map(is_known, statement.arguments))
        words = [word.text for word in statement.arguments if word.text.lower() != 'none']
        if statement.key == 'allowoverridelist':
            names.update(word.lower() for word in words)
        else:
            everything |= any(word.lower().startswith('nonfatal=') for word in words)
            classes.update(name for word in words for name in _classes(word))
            overrides += words
    options = permitted(overrides)
    return Permission(*statements[0], frozenset(classes), frozenset(names), options, everything)


def _classes(word: str) -> Iterator[str]:
    """Yield the classes that a word of ``AllowOverride`` names; ``Options=`` is one with limits."""
    name = word.partition('=')[0].lower()
    return (one for one in CLASSES if name in {'all', one.lower()})


def _is_root(section: Statement) -> bool:
    return [word.text for word in section.arguments] == ['/']
