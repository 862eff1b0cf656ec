"""Fitting: whether the catalogue has anything against the statements of a text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Arity, Catalogue, Entry
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

REMEMBERED = 16  # arguments; without a bound a text could have us remember without end


class Shape(NamedTuple):
    """What the catalogue is asked about a statement: ``number`` is that of its arguments."""

    key: str
    contexts: frozenset[str]
    number: int
    block: bool


class Fitting:
    """The shapes of statements that an engine takes, in the version that is deployed.

    A name that it knows, in a place that allows it, with a right number of arguments: nearly all
    statements are so, and there are few such shapes. Each is looked into once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._taken: set[tuple[str, frozenset[str], int, bool]] = set()

    def takes_all(self, document: Document) -> bool:
        """Whether there is nothing to say about names, places and numbers of arguments."""
        taken = self._taken
        for (key, _, arguments, _, contexts, body), _scope in document.placed:
            shape = (key, contexts, len(arguments), body is not None)
            if shape not in taken and not self._takes(Shape(*shape)):
                return False
        return True

    def others(self, document: Document) -> list[Statement]:
        """Return the statements of which there may be something to say, in the text's order."""
        return document.once(self._others)

    def _others(self, document: Document) -> list[Statement]:
        taken = self._taken
        return [
            statement
            for statement, _scope in document.placed
            for key, _, arguments, _, contexts, body in (statement,)
            if (key, contexts, len(arguments), body is not None) not in taken
            and not self._takes(shape_of(statement))
        ]

    def _takes(self, shape: Shape) -> bool:
        if shape in self._taken:
            return True
        catalogue, version = self._engine.catalogue, self._engine.version
        takes = (
            shape.key in catalogue
            and all(entry.is_known_to(version) for entry in catalogue[shape.key])
            and may_stand(catalogue, shape.key, shape.contexts)
            and accepts(catalogue, shape)
        )
        if takes and shape.number <= REMEMBERED:
            self._taken.add(shape)
        return takes


fitting = cache(Fitting)
"""Return the `Fitting` of an engine."""


def shape_of(statement: Statement) -> Shape:
    """Return what the catalogue is asked about a statement."""
    key, _, arguments, _, contexts, body = statement
    return Shape(key, contexts, len(arguments), body is not None)


def may_stand(catalogue: Catalogue, key: str, here: frozenset[str]) -> bool:
    """Whether a name may stand here, as far as that is known.

    One of the places must allow it; but a section of ``.htaccess`` and that file both must.
    """
    entries = catalogue[key]
    if not entries or not here or not all(entry.contexts for entry in entries):
        return True
    if 'htaccess' in here:
        return any(here <= entry.contexts for entry in entries)
    return any(here & entry.contexts for entry in entries)


def accepts(catalogue: Catalogue, shape: Shape) -> bool:
    """Whether a name may have so many arguments in this place, as far as that is known."""
    known = arities(catalogue, shape)
    return not known or any(arity.accepts(shape.number) for arity in known)


def arities(catalogue: Catalogue, shape: Shape) -> tuple[Arity, ...]:
    """Return the arities that a name may have in this place; none where one is not known.

    The entries are those that are blocks, or not, as the statement is; all where none is.
    """
    entries = standing(catalogue, shape.key, shape.contexts)
    fitting = [e for e in entries if ('block' in e.flags) is shape.block] or entries
    found = tuple(entry.arity for entry in fitting if entry.arity is not None)
    return found if len(found) == len(fitting) else ()


def standing(catalogue: Catalogue, key: str, here: frozenset[str]) -> list[Entry]:
    """Return the entries of a name that may stand here."""
    return [e for e in catalogue[key] if not here or not e.contexts or here & e.contexts]
