"""Expansion: a text with what the engine puts into it while it reads, and who wrote that where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from glance_docs_ext.diagnostics import NOTICED, Related
from glance_docs_ext.source import LineOrigin, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

SHOWN = 200  # characters of such a line in a message
PUT_IN = '\0'
"""The path of lines that stand in no file."""


class PutIn(NamedTuple):
    """A line that the engine puts in: ``text`` is made of ``written``, and asked for by ``use``.

    Both are stretches of a source; ``noticed`` is the end of the statement that asks, for an engine
    that names the line of that. ``name`` is what the line is a part of, for messages.
    """

    name: str
    text: str
    written: tuple[Source, Span]
    use: tuple[Source, Span]
    noticed: int | None

    def origin(self, number: int) -> LineOrigin:
        """Return what stands for the place of the line, the ``number``-th that is put in."""
        return LineOrigin(PUT_IN, number, 0, self.text)


class _OfFile(LineOrigin):
    """The origin of a line that stands in a file as it was read: there a tab is one character."""

    __slots__ = ()

    def column(self, offset: int) -> int:
        return offset + 1


class Origins(Sequence[LineOrigin]):
    """The origins of lines some of which were put in, made when they are asked for: few are.

    ``numbers`` tells of each line which it is: above 0 that line of ``first``, below 0 that of
    ``lines``.
    """

    def __init__(self, first: Source, numbers: Sequence[int], lines: Sequence[PutIn]) -> None:
        self._first = first
        self._numbers = numbers
        self._lines = lines

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> LineOrigin: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LineOrigin]: ...
    def __getitem__(self, index: int | slice) -> LineOrigin | Sequence[LineOrigin]:
        if isinstance(index, slice):
            return [*map(self._origin, self._numbers[index])]
        return self._origin(self._numbers[index])

    def _origin(self, number: int) -> LineOrigin:
        if number < 0:
            return self._lines[-number - 1].origin(-number)
        if number <= len(self._first.origins):
            return self._first.origins[number - 1]
        return _OfFile(self._first.path, number, 0, self._written[number - 1])

    @cached_property
    def _written(self) -> list[str]:
        """The lines of the first text."""
        return [line.rstrip('\r') for line in self._first.text.split('\n')]


@dataclass(unsafe_hash=True, kw_only=True)
class Expanded(Source):
    """A text with lines put into it.

    ``before`` is the document that was read before they were; ``same`` the offset that its text is
    the same up to, where a statement begins that stands in no section.
    """

    before: Document
    same: int


class Expansion(NamedTuple):
    """A document with lines put into it, those of ``lines`` that `PUT_IN` and a number tell."""

    document: Document
    lines: Sequence[PutIn]

    def told(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what was found, each at a place that its author can go to.

        What is wrong with a line that was put in is told where it was asked for, and once for each
        line as it was written: not for each use, if it says the same, and not if the line says so
        by itself.
        """
        found = list(found)
        said = {(one.code, *one.place[:2], one.message) for one in found}
        for one in found:
            if one.place.path == PUT_IN:
                line = self.lines[one.place.line - 1]
                key = (one.code, *_place(*line.written)[:2], one.message)
                if key not in said:
                    said.add(key)
                    yield self._at_use(one, line)
            elif one.related:
                yield one._replace(related=self._related(one, but_noticed=False))
            else:
                yield one

    def _at_use(self, found: Diagnostic, line: PutIn) -> Diagnostic:
        """Return what was found in a line, at the place that asks for the line."""
        text = line.text if len(line.text) <= SHOWN else f'{line.text[:SHOWN]}...'
        reads = Related(_place(*line.written), f'this line reads there: {text}')
        moved = found._replace(
            place=_place(*line.use),
            message=f'in the macro {line.name}: {found.message}',
            related=(reads, *self._related(found, but_noticed=True)),
        )
        if line.noticed is None:
            return moved
        return moved.with_noticed(line.use[0].place(Span(line.noticed, line.noticed)))

    def _related(self, found: Diagnostic, but_noticed: bool) -> tuple[Related, ...]:
        """Return second places as they were written, or ``but_noticed`` without those."""
        return tuple(
            self._moved(other)
            for other in found.related
            if not (but_noticed and other.message == NOTICED)
        )

    def _moved(self, other: Related) -> Related:
        """Return a second place as it was written."""
        if other.place.path != PUT_IN:
            return other
        line = self.lines[other.place.line - 1]
        return other._replace(
            place=_place(*(line.use if other.message == NOTICED else line.written))
        )


def _place(source: Source, span: Span) -> Place:
    return source.place(span)
