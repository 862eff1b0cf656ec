"""Macro, Definitions: what a text defines with ``<Macro>``, as mod_macro reads it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.lines import logical_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.engines.apache.lines import Line
    from glance_docs_ext.syntax import Document, Statement

LONGEST = 8_000  # characters of a line that is put in: mod_macro has room for 8192
PARAMETERS = 50
TAG = re.compile(r'<(?:macro|(/)macro>)(?:\s|\Z)', re.IGNORECASE)
DEFINING = re.compile(r'<macro|undefmacro', re.IGNORECASE)
SETTING = re.compile(r'(?:un)?define\s', re.IGNORECASE)
ESCAPED = re.compile(r'["\\]')


class Macro(NamedTuple):
    """A definition: its name in lower case, its parameters, and the lines between its tags.

    ``wanted`` finds the parameters in them: the first in a line counts, and of those that start
    there the longest. ``defines`` tells that the lines define a macro again, or take one away.
    """

    name: str
    parameters: tuple[str, ...]
    lines: tuple[Line, ...]
    wanted: re.Pattern[str]
    defines: bool

    def put_in(self, arguments: Sequence[str], room: int) -> list[str] | None:
        """Return the lines with as many arguments put in: none where that is not plain.

        :param room: the number of characters that may be put in; None where it is not enough
        """
        values = dict(zip(self.parameters, arguments, strict=True))
        for name in self.parameters:
            if name.startswith('@'):
                if any(other in values[name] for other in self.parameters):
                    return []
                values[name] = '"' + ESCAPED.sub(r'\\\g<0>', values[name]) + '"'
        lines: list[str] = []
        for line in self.lines:
            text = line.text
            if values and len(text) <= LONGEST:
                text = self.wanted.sub(lambda found: values[found[0]], text)
            if len(text) > LONGEST:
                return []
            lines.append(text)
            room -= len(text) + 1
            if room < 0:
                return None
        return lines


class Definitions:
    """The macros that a document defines, and which of them a ``Use`` means."""

    def __init__(self, document: Document) -> None:
        self._known: defaultdict[str, list[tuple[int, Macro | None]]] = defaultdict(list)
        self._text = document.source.text
        found = [*_macros(document)]
        texts = [line.text for _, macro in found if macro for line in macro.lines]
        self._sets = any(map(SETTING.match, texts))
        for statement, macro in sorted(found, key=_start):
            name = statement.arguments[0].text.lower()
            self._known[name].append((statement.name.start, macro))

    def of(self, use: Statement) -> Macro | None:
        """Return the macro that ``use`` means, if it is known and has as many arguments.

        What ends with a backslash, as the last line of a text may, would go on in what is put in
        behind it.
        """
        written = use.rest.text
        blank = self._text[use.rest.end : use.rest.end + 1] in {' ', '\t'}
        goes_on = written.endswith('\\') and not blank
        if not use.arguments or (self._sets and '${' in written) or goes_on:
            return None
        known = self._known.get(use.arguments[0].text.lower(), [])
        above = bisect_left(known, use.name.start, key=itemgetter(0))
        macro = known[above - 1][1] if above else None
        fits = macro is not None and len(macro.parameters) == len(use.arguments) - 1
        return macro if fits else None


def _start(found: tuple[Statement, Macro | None]) -> int:
    return found[0].name.start


def _macros(document: Document) -> Iterator[tuple[Statement, Macro | None]]:
    """Yield what defines a macro, with the macro, and what takes one away, with None."""
    lines = [*logical_lines(document.source.text)]
    for statement, _scope in document.named('<macro', 'undefmacro'):
        if statement.arguments:
            is_macro = statement.key == '<macro'
            yield statement, _read(statement, lines) if is_macro else None


def _read(statement: Statement, lines: list[Line]) -> Macro | None:
    name, *parameters = (word.text for word in statement.arguments)
    if len(parameters) > PARAMETERS or sum(map(len, parameters)) > LONGEST:
        return None  # nobody has so many
    if len({'', *parameters}) <= len(parameters):
        return None  # mod_macro refuses it
    body: list[Line] = []
    within = 0  # how many macros that it defines
    number = bisect_right(lines, statement.name.start, key=attrgetter('offset'))
    while number < len(lines):
        line = lines[number]
        tag = TAG.match(line.text)
        if tag and tag[1] and not within:
            names = sorted(parameters, key=len, reverse=True)
            wanted = re.compile('|'.join(map(re.escape, names)))
            defines = any(DEFINING.search(line.text) for line in body)
            return Macro(name.lower(), tuple(parameters), tuple(body), wanted, defines)
        if tag:
            within += -1 if tag[1] else 1
        if not line.text.startswith('#'):
            body.append(line)
        number += 1
    return None
