"""Document, Statement, Word, Comment, Problem: the tree that all engines share."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from glance_docs_ext.source import Source

ANYWHERE: frozenset[str] = frozenset()
"""The contexts of a place of which nothing is known: every statement may stand there."""


NOTHING: Mapping[str, str] = {}
Held = TypeVar('Held')
REMARK = re.compile(r'\S(?:[^\n]*\S)?')


class Word(NamedTuple):
    """A word as the engine reads it (unquoted, joined), and where it was written.

    ``start`` and ``end`` are those of its `span`: reading makes thousands of words, and hardly one
    is asked for it.
    """

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The stretch of the text that the word was written in."""
        return Span(self.start, self.end)


_made = tuple.__new__  # half the time of a call of the class


class Comment(Word):
    """A comment with its marker."""

    __slots__ = ()


class Statement(NamedTuple):  # noqa: PLW1641  # that is below
    """One directive or option, and for a section what stands inside it.

    ``key`` is the name as the catalogue spells it (lower case for Apache, ``<name`` for one of its
    sections). ``rest`` is everything behind the name as it was written, for statements that take
    their arguments apart themselves. ``contexts`` are the contexts that the statement may be
    standing in: one inside a section or where the author named it, several at the top of a
    fragment, none where nothing is known. ``body`` is None for what is no section; it holds only
    what the engine would read, so a branch that is false is left out. Compared by identity: bodies
    may be nested very deep.
    """

    key: str
    name: Word
    arguments: tuple[Word, ...]
    rest: Word
    contexts: frozenset[str] = ANYWHERE
    body: Sequence[Statement] | None = None

    @property
    def span(self) -> Span:
        """The stretch from the name to the last argument, without the body."""
        _, (_, start, end), _, (_, _, behind), _, _ = self
        return _made(Span, (start, max(end, behind)))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __repr__(self) -> str:
        return f'<{type(self).__name__} {self.name.text} at {self.name.start}>'


class Scope(NamedTuple):  # noqa: PLW1641  # that is below
    """The sections around a statement: the innermost, the scope around that, and the outermost.

    Compared by identity, as the statements are: it may be as deep as they.
    """

    section: Statement
    outer: Scope | None
    outermost: Statement

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __repr__(self) -> str:
        return f'<{type(self).__name__} of {self.section!r}>'

    def sections(self) -> Iterator[Statement]:
        """Yield the sections from the innermost outwards."""
        scope: Scope | None = self
        while scope is not None:
            yield scope.section
            scope = scope.outer


# That of `object` is no function of Python's own, and rules look for many of them in dictionaries.
# What mypy reads as a named tuple cannot say so in its body.
Statement.__hash__ = object.__hash__  # type: ignore[method-assign]
Scope.__hash__ = object.__hash__  # type: ignore[method-assign]


class Placed(NamedTuple):
    """A statement and the sections around it; ``scope`` is None at the top."""

    statement: Statement
    scope: Scope | None


class Problem(NamedTuple):
    """A fault that the parser met and went past.

    ``kind`` is the name of the rule that reports it, ``values`` fill that rule's message and help.
    ``noticed`` is the offset at which the engine notices it, None where that is not known.
    """

    kind: str
    span: Span
    values: Mapping[str, str] = NOTHING
    noticed: int | None = None


@dataclass(eq=False, slots=True)
class Document:
    """A parsed block: the statements that the engine would read, in the order of the text.

    Nothing in it is changed once it is made. Compared by identity.
    """

    source: Source
    engine: str
    statements: tuple[Statement, ...]
    remarks: Sequence[tuple[int, int]] = ()
    """Where the comments start and end: one, or several with nothing but blanks between them."""
    problems: tuple[Problem, ...] = ()
    context: str | None = None
    """The context that the author named, if any."""
    unjudged: frozenset[Statement] = frozenset()
    """Statements whose names need not be in the catalogue: a variable of the user, what only the
    host can decide, or a name that the parser has a problem of its own for."""
    stops: tuple[int, ...] = ()
    """The offsets of what ends the statements, ascending, for an engine that reads each to its end
    and then names the line that it has come to; empty for one that names the first line, and may be
    where that is the same line for all."""
    placed: Sequence[Placed] = field(init=False, repr=False)
    """All statements, sections before their bodies."""
    keys: frozenset[str] = field(init=False, repr=False)
    """The keys of all statements."""
    by_key: dict[str, list[Placed]] = field(init=False, repr=False)
    """All statements by their keys."""
    scopes: Sequence[Scope] = field(init=False, repr=False)
    """The scopes that statements stand in, those of sections before those inside them."""
    _answers: dict[object, object] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.placed, self.by_key, self.scopes = _placed(self.statements)
        self.keys = frozenset(self.by_key)

    @property
    def comments(self) -> list[Comment]:
        """The comments, each line of them for itself."""
        text = self.source.text
        return [
            Comment(found[0], *found.span())
            for start, end in self.remarks
            for found in REMARK.finditer(text, start, end)
        ]

    def once(self, of: Callable[..., Held], *given: object) -> Held:
        """Return ``of(self, *given)``, which is worked out once for all rules that ask for it."""
        asked = (of, *given) if given else of
        answers = self._answers
        if asked not in answers:
            answers[asked] = of(self, *given)
        return answers[asked]  # type: ignore[return-value]  # the answer of ``of``

    def named(self, *keys: str) -> Sequence[Placed]:
        """Return the statements with one of these keys, key by key, each in the text's order."""
        by_key = self.by_key
        if len(keys) == 1:
            return by_key.get(keys[0], ())
        return [placed for key in keys if key in by_key for placed in by_key[key]]

    def among(self, names: frozenset[str]) -> Sequence[Placed]:
        """Return the statements whose key is one of many ``names``, in no order of the keys."""
        by_key = self.by_key
        return [placed for key in self.keys & names for placed in by_key[key]]

    def stop_behind(self, offset: int) -> int | None:
        """Return the offset of the end of the statement that ``offset`` is in, if `stops` says."""
        index = bisect_left(self.stops, offset)
        return self.stops[index] if index < len(self.stops) else None

    def handed_down(
        self, top: Held, into: Callable[[Statement, Held], Held]
    ) -> dict[Scope | None, Held]:
        """Return what holds in each scope, told from the outermost inwards.

        :param top: what holds outside of all sections
        :param into: returns what holds in a section, given what holds around it
        """
        held: dict[Scope | None, Held] = {None: top}
        for scope in self.scopes:
            section, outer, _outermost = scope
            held[scope] = into(section, held[outer])
        return held


def _placed(
    statements: tuple[Statement, ...],
) -> tuple[list[Placed], dict[str, list[Placed]], list[Scope]]:
    """Return all of the statements, each before what stands inside it; by key; their scopes.

    What is done here is done for every statement: fields are asked for by their numbers.
    """
    found: list[Placed] = []
    by_key: dict[str, list[Placed]] = {}
    scopes: list[Scope] = []
    here, scope = iter(statements), None
    around: list[tuple[Iterator[Statement], Scope | None]] = []
    while True:
        for statement in here:
            placed = _made(Placed, (statement, scope))
            found.append(placed)
            key = statement[0]
            if key in by_key:
                by_key[key].append(placed)
            else:
                by_key[key] = [placed]
            if body := statement[-1]:
                around.append((here, scope))
                outermost = scope[2] if scope else statement
                here, scope = iter(body), _made(Scope, (statement, scope, outermost))
                scopes.append(scope)
                break
        else:
            if not around:
                return found, by_key, scopes
            here, scope = around.pop()
