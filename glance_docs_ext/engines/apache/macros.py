"""Macro, Definitions: what a text defines with ``<Macro>``, as mod_macro reads it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.lines import end_of_line, lines_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.engines.apache.lines import Line
    from glance_docs_ext.syntax import Document, Placed, Statement

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
        found = sorted(document.named('<macro', 'undefmacro'), key=_start, reverse=True)
        endless: set[int] = set()
        for statement, _scope in found:  # from below
            if statement.arguments:
                is_macro = statement.key == '<macro'
                macro = _read(statement, document, endless) if is_macro else None
                name = statement.arguments[0].text.lower()
                self._known[name].append((-statement.name.start, macro))

    @cached_property
    def _sets(self) -> bool:
        """Whether one of them sets a variable."""
        macros = (macro for known in self._known.values() for _, macro in known if macro)
        return any(SETTING.match(line.text) for macro in macros for line in macro.lines)

    def of(self, use: Statement) -> Macro | None:
        """Return the macro that ``use`` means, if it is known and has as many arguments.

        What ends with a backslash, as the last line of a text may, would go on in what is put in
        behind it.
        """
        if not use.arguments:
            return None
        known = self._known.get(use.arguments[0].text.lower(), [])
        above = bisect_left(known, -use.name.start, key=itemgetter(0))
        macro = known[above][1] if above < len(known) else None
        if macro is None or len(macro.parameters) != len(use.arguments) - 1:
            return None
        written, _, end = use.rest
        goes_on = written.endswith('\\') and self._text[end : end + 1] not in {' ', '\t'}
        return None if goes_on or ('${' in written and self._sets) else macro


def _start(placed: Placed) -> int:
    return placed.statement.name.start


def _read(statement: Statement, document: Document, endless: set[int]) -> Macro | None:
    """Return a macro, if it has an end.

    :param endless: where macros start that have none; no end is left for one that these stand in
    """
    name, *parameters = (word.text for word in statement.arguments)
    if len(parameters) > PARAMETERS or sum(map(len, parameters)) > LONGEST:
        return None  # nobody has so many
    if len({'', *parameters}) <= len(parameters):
        return None  # mod_macro refuses it
    body: list[Line] = []
    within = 0  # how many macros that it defines
    start = end_of_line(document, statement.name.start) + 1
    for line in lines_from(document.source.text, start):
        text = line.text
        tag = TAG.match(text)
        if tag and tag[1] and not within:
            names = sorted(parameters, key=len, reverse=True)
            wanted = re.compile('|'.join(map(re.escape, names)))
            defines = any(DEFINING.search(line.text) for line in body)
            return Macro(name.lower(), tuple(parameters), tuple(body), wanted, defines)
        if tag:
            within += -1 if tag[1] else 1
        if line.offset in endless:
            break
        if not text.startswith('#'):
            body.append(line)
    endless.add(statement.name.start)
    return None
