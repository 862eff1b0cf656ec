"""parse(source, context): Apache's configuration, read as the engine reads it.

A port of the reading half of the engine (ap_build_config() and its like in server/config.c) that
goes on behind a fault. What the engine decides while it reads is decided here too: sections such as
``<IfModule>``, ``Define``, ``<Macro>``. What would need another machine's files is not: ``Include``
is a directive like any other, and the body of an ``<IfFile>`` is passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache import plain
from glance_docs_ext.engines.apache.lines import Line, joined, stops, stretches
from glance_docs_ext.engines.apache.nesting import Nesting
from glance_docs_ext.engines.apache.plain import CLOSING, COMMENT, LINE, OTHER, directive, section
from glance_docs_ext.engines.apache.sections import FRAGMENT
from glance_docs_ext.engines.apache.tags import arguments_of, closing_name, opening_tag
from glance_docs_ext.engines.apache.variables import Variables
from glance_docs_ext.engines.apache.words import BLANKS, end_of_word, words
from glance_docs_ext.expansion import Expanded
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Document, Problem, Statement, Word

if TYPE_CHECKING:
    import re

    from glance_docs_ext.engines.apache.conditions import Conditions
    from glance_docs_ext.engines.apache.lines import Stretch
    from glance_docs_ext.source import Source

# Blank to the eye and part of the name to the engine: the byte order mark, the no-break spaces,
# the zero-width space, the word joiner.
INVISIBLE = '\ufeff\u00a0\u2007\u202f\u200b\u2060'
INVISIBLE_OR_BLANK = INVISIBLE + BLANKS
DEFINING = frozenset({'define', 'undefine'})


def parse(source: Source, context: str | None, conditions: Conditions) -> Document:
    """Read ``source``; never raises on account of its text, and takes time linear in its size."""
    reader = _Reader(source.text, context, conditions)
    parts = stretches(source.text)
    if isinstance(source, Expanded) and len(parts) == 1:
        parts = reader.taken_over(source, parts)
    reader.read(source.text, parts)
    return Document(
        source,
        'apache',
        tuple(reader.nesting.statements),
        reader.comments,
        tuple(reader.problems),
        context,
        stops=stops(source.text, parts),
    )


class _Reader:
    def __init__(self, text: str, context: str | None, conditions: Conditions) -> None:
        top = FRAGMENT if context is None else frozenset({context})
        self.comments: list[tuple[int, int]] = []
        self.problems: list[Problem] = []
        self.nesting = Nesting(text, top, self.problems)
        self._conditions = conditions
        self._variables = Variables()

    def taken_over(self, source: Expanded, parts: list[Stretch]) -> list[Stretch]:
        """Take over what was read before lines were put in, and return the parts behind that.

        Where that was faultless and set no variables, nothing but statements and comments is left
        of it.
        """
        before, same = source.before, source.same
        if before.problems or not DEFINING.isdisjoint(before.keys):
            return parts
        number = bisect_left(before.statements, same, key=_start)
        self.nesting.statements += before.statements[:number]
        self.comments += before.remarks[: bisect_left(before.remarks, (same,))]
        return [Span(same, len(source.text))]

    def read(self, text: str, parts: list[Stretch]) -> None:
        """Read the parts of a text, to its end."""
        for part in parts:
            if isinstance(part, Span):
                self._plain_lines(text, *part)
            elif isinstance(part, Line):
                self._line(part)
            else:
                self._continued(part)
        self.nesting.end_of_text()

    def _plain_lines(self, text: str, start: int, end: int) -> None:
        """Read lines none of which goes on in the next; most say at a glance what they are."""
        nesting, values, comments = self.nesting, self._variables.values, self.comments
        end = start + len(text[start:end].rstrip(BLANKS))
        for found in LINE.finditer(text, start, end):
            kind = found.lastindex or OTHER
            if kind < COMMENT:
                if nesting.passed:
                    continue  # it is no tag, and nobody reads it
                if values and '${' in found[0]:
                    self._line(plain.line(found))
                    continue
                statement = directive(found, kind, nesting.contexts)
                nesting.children.append(statement)
                if statement[0] in DEFINING:  # its key, by number, as for each directive
                    self._define(statement)
            elif kind == COMMENT:
                comments.append(found.span(COMMENT))
            elif nesting.passed or kind == OTHER or (values and '${' in found[0]):
                self._line(plain.line(found))
            elif kind > CLOSING:
                opened = section(found, kind, nesting.contexts)
                nesting.open(opened, self._conditions, self._variables)
            elif f'<{found[CLOSING].lower()}' == nesting.awaited:
                nesting.pop()
            else:
                nesting.close(*plain.closing(found))

    def _continued(self, found: re.Match[str]) -> None:
        """Read a directive of several lines."""
        if self.nesting.passed:
            return
        if self._variables.values and '${' in found[2]:
            self._line(joined(found))
            return
        statement = plain.continued(found, self.nesting.contexts)
        self.nesting.children.append(statement)
        if statement.key in DEFINING:
            self._define(statement)

    def _line(self, line: Line) -> None:
        """Line = "" | "#" … | "</" … | "<" … | name argument*."""
        passed = self.nesting.passed
        if line.text.startswith('#'):
            self._comment(line, passed)
        elif passed:
            self.nesting.pass_over(line)
        else:
            self._any_line(line)

    def _any_line(self, line: Line) -> None:
        if line.cut is not None:
            self.problems.append(Problem('line-cut-by-nul', Span(line.cut, line.cut + 1)))
        line = line.resolved(self._variables)
        start = len(line.text) - len(line.text.lstrip(INVISIBLE_OR_BLANK))
        found = line.text[:start].strip(BLANKS)
        if found:
            values = {'code': f'U+{ord(found[0]):04X}'}
            self.problems.append(Problem('invisible-start', line.span(0, start), values))
        if line.text.startswith('#', start):
            return
        end = end_of_word(line.text, start)
        if end == start:
            return
        first = words(line, start, end)[0]
        if first.text.startswith('</'):
            self._close(line, start, end, first.text)
        elif first.text.startswith('<'):
            opened, is_whole = opening_tag(line, start, end, first.text, self.problems)
            opened = opened._replace(contexts=self.nesting.contexts)
            self.nesting.open(opened, self._conditions, self._variables)
            if is_whole:
                self.nesting.pop()
        else:
            self._directive(line, end, first)

    def _comment(self, line: Line, passed: bool) -> None:
        self.comments.append(line.span(0, len(line.text)))
        if line.continued is None or passed:
            return
        swallowed = line.text[line.continued :].lstrip(BLANKS)
        if swallowed and not swallowed.startswith('#'):
            begin = len(line.text) - len(swallowed)
            place = line.span(begin, len(line.text))
            self.problems.append(Problem('continued-comment', place))

    def _close(self, line: Line, start: int, end: int, tag: str) -> None:
        name, is_right = closing_name(line, start, tag, self.problems)
        if is_right and self.nesting.condition and end < len(line.text):
            place = line.span(end, len(line.text))
            self.problems.append(Problem('text-after-close', place, {'name': name}))
        self.nesting.close(name, line.span(start, end))

    def _directive(self, line: Line, end: int, name: Word) -> None:
        if len(name.text) > 1 and name.text.endswith('>'):
            name = name._replace(text=name.text[:-1])  # ap_build_config_sub() takes it off any name
        arguments, rest = arguments_of(line, end, len(line.text))
        key = name.text.lower()
        statement = Statement(key, name, arguments, rest, self.nesting.contexts)
        self.nesting.children.append(statement)
        if key in DEFINING:
            self._define(statement)

    def _define(self, statement: Statement) -> None:
        arguments = [word.text for word in statement.arguments]
        if not arguments:
            return
        if statement.key == 'undefine':
            self._variables.undefine(arguments[0])
        else:
            self._variables.define(*arguments[:2])


def _start(statement: Statement) -> int:
    return statement.name.start
