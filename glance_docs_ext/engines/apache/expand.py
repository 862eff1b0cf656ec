"""expand(document, parse): what ``Use`` puts in, read in its place as mod_macro does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.lines import end_of_line
from glance_docs_ext.engines.apache.macros import Definitions
from glance_docs_ext.expansion import Expanded, Expansion, Origins, PutIn
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from glance_docs_ext.engines.apache.lines import Line
    from glance_docs_ext.engines.apache.macros import Macro
    from glance_docs_ext.source import Source, Span
    from glance_docs_ext.syntax import Document, Placed, Statement

    Parse = Callable[[Source, str | None], Document]

DEEPEST = 10  # macros that use each other
MOST = 250_000  # characters that are put in; what a text asks for beyond that is not looked at


def expand(document: Document, parse: Parse) -> Expansion | None:
    """Return a document with the macros that it defines put in where it uses them.

    The line with the ``Use`` stays before them. None where that changes nothing.
    """
    first = document.source
    defines = '<macro' in document.keys
    if 'use' not in document.keys or '\0' in first.text or not (defines or document.problems):
        return None
    lines = _Lines(first)
    for _ in range(DEEPEST if defines else 0):
        source = lines.with_macros(document)
        if source is None:
            break
        document = parse(source, document.context)
    else:
        lines.recursive.clear()  # they were those of the text before
    problems = (*_certain(document, lines), *lines.recursive)
    if problems != document.problems:
        document = replace(document, problems=problems)
    elif not lines.put_in:
        return None
    return Expansion(document, lines.put_in)


class _Lines:
    """The lines of a text, and what has been put in so far.

    ``recursive`` are the faults that were met when the text was last looked through.
    """

    def __init__(self, first: Source) -> None:
        self.put_in: list[PutIn] = []
        self.recursive: list[Problem] = []
        self._first = first
        # What each line of the text is: above 0 that line of the first text, below 0 one put in.
        self._numbers: list[int] = [*range(1, first.text.count('\n') + 2)]
        self._chains: list[tuple[str, ...]] = []  # the macros that a line put in comes from
        self._done: set[int] = set()  # the numbers of lines with a ``Use`` that is done
        self._room = MOST

    def waiting(self, document: Document) -> Iterator[tuple[Placed, int]]:
        """Yield each ``Use`` that is not done, with the 0-based index of its line."""
        text = document.source.text
        index = at = 0
        for placed in document.named('use'):
            start = placed.statement.name.start
            index += text.count('\n', at, start)
            at = start
            if self._numbers[index] not in self._done:
                yield placed, index

    def with_macros(self, document: Document) -> Expanded | None:
        """Return the text with what it uses put in, but not with what that uses again.

        None where there is nothing to put in.
        """
        source, text = document.source, document.source.text
        pieces: list[str] = []
        numbers: list[int] = []
        offset = line = same = 0  # what was taken over: characters and lines
        for (use, scope), index, macro, added in self._used(document):
            if not pieces:
                same = (scope.outermost if scope else use).name.start
            end = end_of_line(document, use.name.start)
            behind = index + 1 + text.count('\n', use.name.start, end)
            pieces += text[offset:end], *added
            numbers += self._numbers[line:behind]
            numbers += self._noted(document, use, self._numbers[index], macro, added)
            offset, line = end + 1, behind
        if not pieces:
            return None
        if offset <= len(text):
            pieces.append(text[offset:])
        self._numbers = numbers + self._numbers[line:]
        origins = Origins(self._first, self._numbers, self.put_in)
        text = '\n'.join(pieces)
        return Expanded(text, source.path, origins, source.name, before=document, same=same)

    def _used(self, document: Document) -> Iterator[tuple[Placed, int, Macro, list[str]]]:
        """Yield each ``Use`` that something is put in for: the macro, and its lines."""
        self.recursive.clear()
        uses = [*self.waiting(document)]
        if not uses:
            return
        definitions = Definitions(document)
        for placed, index in uses:
            use = placed.statement
            number = self._numbers[index]
            macro = definitions.of(use)
            if macro is None:
                continue
            if macro.name in self._chain(number):
                name = use.arguments[0]
                self.recursive.append(Problem('recursive-macro', name.span, {'name': name.text}))
                continue
            added = macro.put_in([word.text for word in use.arguments[1:]], self._room)
            if added is None:
                return
            if added or not macro.lines:
                self._room -= sum(map(len, added)) + len(added)
                self._done.add(number)
            if added:
                yield placed, index, macro, added
            if macro.defines:  # what is used behind it may be another macro now
                return

    def _chain(self, number: int) -> tuple[str, ...]:
        """Return the macros that a line comes from."""
        return self._chains[-number - 1] if number < 0 else ()

    def _noted(
        self, document: Document, use: Statement, number: int, macro: Macro, added: list[str]
    ) -> range:
        """Note the lines that are put in for the ``Use`` of a line, and return their numbers."""
        source = document.source
        before = len(self.put_in)
        asked, noticed = (source, use.span), document.stop_behind(use.name.start)
        if number < 0:
            asked, noticed = self.put_in[-number - 1][-2:]
        name = use.arguments[0].text
        for line, text in zip(macro.lines, added, strict=True):
            written = self._written(source, line)
            self.put_in.append(PutIn(name, text, written, asked, noticed))
        self._chains += [(*self._chain(number), macro.name)] * len(added)
        return range(-before - 1, -len(self.put_in) - 1, -1)

    def _written(self, source: Source, line: Line) -> tuple[Source, Span]:
        """Return where the line of a macro was written, or that which another made it of."""
        span = line.span(0, len(line.text))
        if source is not self._first:
            number = self._numbers[source.line_number(span.start) - 1]
            if number < 0:
                return self.put_in[-number - 1].written
        return source, span


def _certain(document: Document, lines: _Lines) -> Sequence[Problem]:
    """Return the problems of a document but for those that a macro of another file may mend."""
    if not document.problems:
        return ()
    unknown = [use.name.start for (use, _scope), _index in lines.waiting(document)]
    if not unknown:
        return document.problems
    return [
        problem
        for problem in document.problems
        if not (
            (problem.kind == 'stray-close' and unknown[0] < problem.span.start)
            or (problem.kind == 'unclosed-section' and problem.span.start < unknown[-1])
        )
    ]
