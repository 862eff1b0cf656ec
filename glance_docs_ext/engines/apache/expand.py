"""expand(document, parse): what ``Use`` puts in, read in its place as mod_macro does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.macros import Definitions
from glance_docs_ext.expansion import PUT_IN, Expansion, PutIn
from glance_docs_ext.source import LineOrigin, Source
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.syntax import Document

    Parse = Callable[[Source, str | None], Document]

DEEPEST = 10  # macros that use each other
MOST = 250_000  # characters that are put in; what a text asks for beyond that is not looked at


class _Text(NamedTuple):
    """A text line by line, with what has been put in so far.

    ``chains`` tells of each line the macros that it comes from; None is a ``Use`` that is done.
    """

    lines: list[str]
    origins: list[LineOrigin]
    chains: list[tuple[str, ...] | None]

    def take(self, other: _Text, start: int, end: int) -> None:
        """Take over lines of another text."""
        self.lines.extend(other.lines[start:end])
        self.origins.extend(other.origins[start:end])
        self.chains.extend(other.chains[start:end])


def expand(document: Document, parse: Parse) -> Expansion | None:
    """Return a document with the macros that it defines put in where it uses them.

    The line with the ``Use`` stays before them. None where that changes nothing.
    """
    first = document.source
    if 'use' not in document.keys or '\0' in first.text:
        return None
    put_in: list[PutIn] = []
    text = _lines(first)
    room = MOST
    recursive: list[Problem] = []
    for _ in range(DEEPEST if '<macro' in document.keys else 0):
        count = len(put_in)
        recursive.clear()
        text = _with_macros(document, text, put_in, recursive, room)
        if len(put_in) == count:
            break
        room -= sum(len(line.text) + 1 for line in put_in[count:])
        source = Source('\n'.join(text.lines), first.path, tuple(text.origins), first.name)
        document = parse(source, document.context)
    else:
        recursive.clear()  # they were those of the text before
    problems = (*_certain(document, text), *recursive)
    if problems != document.problems:
        document = replace(document, problems=problems)
    elif not put_in:
        return None
    return Expansion(document, put_in)


def _certain(document: Document, text: _Text) -> list[Problem]:
    """Return the problems of a document but for those that a macro of another file may mend."""
    number = document.source.line_number
    uses = (use.name.start for use, _scope in document.named('use'))
    unknown = [start for start in uses if text.chains[number(start) - 1] is not None]
    return [
        problem
        for problem in document.problems
        if not (
            unknown
            and (
                (problem.kind == 'stray-close' and unknown[0] < problem.span.start)
                or (problem.kind == 'unclosed-section' and problem.span.start < unknown[-1])
            )
        )
    ]


def _lines(source: Source) -> _Text:
    lines = source.text.split('\n')
    origins = [*source.origins[: len(lines)]]
    origins += [
        LineOrigin(source.path, number, 0, line.rstrip('\r'))
        for number, line in enumerate(lines[len(origins) :], start=len(origins) + 1)
    ]
    return _Text(lines, origins, [()] * len(lines))


def _with_macros(
    document: Document, text: _Text, put_in: list[PutIn], recursive: list[Problem], room: int
) -> _Text:
    """Return the text with what it uses put in, but not with what that uses again.

    ``put_in`` and ``recursive`` are added to.
    """
    source = document.source
    numbers = ((use, source.line_number(use.name.start)) for use, _scope in document.named('use'))
    waiting = [(use, number) for use, number in numbers if text.chains[number - 1] is not None]
    if not waiting:
        return text
    definitions = Definitions(document)
    new = _Text([], [], [])
    done = 0
    for use, number in waiting:
        chain, macro = text.chains[number - 1], definitions.of(use)
        if chain is None or macro is None:
            continue
        name = use.arguments[0]
        if macro.name in chain:
            recursive.append(Problem('recursive-macro', name.span, {'name': name.text}))
            continue
        added = macro.put_in([word.text for word in use.arguments[1:]], room)
        if added is None:
            break
        if macro.lines and not added:
            if macro.defines:
                break
            continue
        room -= sum(map(len, added)) + len(added)
        origin = text.origins[number - 1]
        stop = document.stop_behind(use.span.start)
        asked, noticed = (source, use.span), stop
        if origin.path == PUT_IN:
            asked, noticed = put_in[origin.line - 1][-2:]
        end = source.line_number(stop or use.span.end)
        new.take(text, done, end)
        new.chains[number - 1 - end] = None
        done = end
        for line, added_line in zip(macro.lines, added, strict=True):
            written = source, line.span(0, len(line.text))
            above = text.origins[source.line_number(written[1].start) - 1]
            if above.path == PUT_IN:  # a macro wrote it
                written = put_in[above.line - 1].written
            put_in.append(PutIn(name.text, added_line, written, asked, noticed))
            new.lines.append(added_line)
            new.origins.append(put_in[-1].origin(len(put_in)))
            new.chains.append((*chain, macro.name))
        if macro.defines:  # what is used behind it may be another macro now
            break
    new.take(text, done, len(text.lines))
    return new
