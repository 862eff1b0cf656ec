"""Form: what an argument of a directive must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.syntax import Word


class Form(NamedTuple):
    """What a word must be, for a message and as a test, and which word that is.

    ``position`` counts from 0 and, where it is negative, from the end; None means each word from
    ``first`` on. ``accepts`` returns something true for a text that the engine takes.
    """

    expected: str
    accepts: Callable[[str], object]
    position: int | None = 0
    first: int = 0

    def words(self, arguments: tuple[Word, ...]) -> tuple[Word, ...]:
        """Return those of the ``arguments`` of a directive that must have this form."""
        if self.position is None:
            return arguments[self.first :]
        if -len(arguments) <= self.position < len(arguments):
            return (arguments[self.position],)
        return ()


def each(form: Form, first: int = 0) -> Form:
    """Return ``form`` for every argument from ``first`` on."""
    return form._replace(position=None, first=first)


def of(form: Form, *keys: str) -> dict[str, tuple[Form, ...]]:
    """Return the entries of directives whose arguments have this form."""
    return dict.fromkeys(keys, (form,))
