"""permissions(deployment): what ``AllowOverride`` lets the ``.htaccess`` files of a page say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Statement

CLASSES = ('AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options')
"""The classes of directives, as the catalogue spells them too."""
DIRECTIVES = ('allowoverride', 'allowoverridelist')


class Permission(NamedTuple):
    """What the files beneath one directory may say: classes, and directives by their keys.

    ``everything`` stands for what is not compared: a variable, and faults that do not count.
    """

    document: Document
    statement: Statement
    classes: frozenset[str]
    names: frozenset[str]
    everything: bool

    @property
    def nothing(self) -> bool:
        """Whether the files are not even read."""
        return not (self.classes or self.names or self.everything)

    def allows(self, key: str, classes: frozenset[str]) -> bool:
        """Whether a directive of one of these ``classes`` may stand there."""
        return self.everything or key in self.names or bool(self.classes & classes)


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
    everything = False
    for _document, statement in statements:
        everything |= not all(map(is_known, statement.arguments))
        words = [word.text for word in statement.arguments if word.text.lower() != 'none']
        if statement.key == 'allowoverridelist':
            names.update(word.lower() for word in words)
        else:
            everything |= any(word.lower().startswith('nonfatal=') for word in words)
            classes.update(name for word in words for name in _classes(word))
    return Permission(*statements[0], frozenset(classes), frozenset(names), everything)


def _classes(word: str) -> Iterator[str]:
    """Yield the classes that a word of ``AllowOverride`` names; ``Options=`` is one with limits."""
    name = word.partition('=')[0].lower()
    return (one for one in CLASSES if name in {'all', one.lower()})


def _is_root(section: Statement) -> bool:
    return [word.text for word in section.arguments] == ['/']
