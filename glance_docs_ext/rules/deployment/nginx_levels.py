"""Which statements of nginx hold at a place: its own level and those around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.syntax import Document, Placed, Statement

PASSES = ('proxy_pass', 'uwsgi_pass')


def levels(document: Document, placed: Placed) -> Iterator[Sequence[Statement]]:
    """Yield the statements of each block around ``placed``, the innermost first."""
    if placed.scope is not None:
        for section in placed.scope.sections():
            yield section.body or ()
    yield document.statements


def inherited(document: Document, placed: Placed, *keys: str) -> tuple[Statement, ...]:
    """Return the statements called ``keys`` that hold where ``placed`` stands.

    As nginx inherits lists: those of the innermost level that has any, and none from further out.
    """
    for level in levels(document, placed):
        if found := tuple(statement for statement in level if statement.key in keys):
            return found
    return ()


def shows_server(placed: Placed) -> bool:
    """Whether the block shows the whole server, so that what is missing in it is missing."""
    if placed.scope is None:
        return False
    return any(section.key == 'server' for section in placed.scope.sections())
