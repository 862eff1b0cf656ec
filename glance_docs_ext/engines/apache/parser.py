"""parse(source, context): Apache's configuration, read as the engine reads it.

A port of the reading half of the engine (ap_build_config() and its like in server/config.c) that
goes on behind a fault. What the engine decides while it reads is decided here too: sections such as
``<IfModule>``, ``Define``, ``<Macro>``. What would need another machine's files is not: ``Include``
is a directive like any other, and the body of an ``<IfFile>`` is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache import plain
from glance_docs_ext.engines.apache.balance import Balance
from glance_docs_ext.engines.apache.conditions import CONDITIONS
from glance_docs_ext.engines.apache.lines import BLANKS, WORD, logical_lines, words
from glance_docs_ext.engines.apache.sections import FRAGMENT, INSIDE, OPAQUE, Section
from glance_docs_ext.engines.apache.variables import Variables
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import ANYWHERE, Comment, Document, Problem, Statement, Word

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.conditions import Conditions
    from glance_docs_ext.engines.apache.lines import Line
    from glance_docs_ext.source import Source

VERSION_END = re.compile(r'(?<=[\w.])>')  # of an <IfVersion>, not of its operator
# The last of three words may be anything: start_ifversion() looks for the ">" of the second.
THIRD_WORD = re.compile(
    r'(?:\s+[^\s"\'\\]+){2}(?<=>)\s+(?:[^\s"\'\\][^\s\\]*|"[^"\\]*"?|\'[^\'\\]*\'?)', re.ASCII
)
# Blank to the eye and part of the name to the engine: the byte order mark, the no-break spaces,
# the zero-width space, the word joiner.
INVISIBLE = '\ufeff\u00a0\u2007\u202f\u200b\u2060'
INVISIBLE_OR_BLANK = INVISIBLE + BLANKS


def parse(source: Source, context: str | None, conditions: Conditions) -> Document:
    """Read ``source``; never raises on account of its text, and takes time linear in its size."""
    return _Reader(source, context, conditions).read()


class _Reader:
    def __init__(self, source: Source, context: str | None, conditions: Conditions) -> None:
        self._source = source
        self._context = context
        self._conditions = conditions
        self._variables = Variables()
        self._balance = Balance(source.text)
        self._statements: list[Statement] = []
        self._comments: list[Comment] = []
        self._problems: list[Problem] = []
        self._open: list[Section] = []
        self._open_names: Counter[str] = Counter()
        self._late: Counter[str] = Counter()
        self._skipped: list[str] = []
        self._skipped_names: Counter[str] = Counter()
        self._top = FRAGMENT if context is None else frozenset({context})

    def read(self) -> Document:
        ends = []
        for line in logical_lines(self._source.text):
            ends.append(line.end)
            self._line(line)
        self._end_of_text()
        return Document(
            self._source,
            'apache',
            tuple(self._statements),
            tuple(self._comments),
            tuple(self._problems),
            self._context,
            stops=tuple(ends),
        )

    # -- lines ---------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        """Line = "" | "#" … | "</" … | "<" … | name argument*."""
        passed = bool(self._open) and self._open[-1].passed
        if line.text.startswith('#'):
            self._comment(line, passed)
        elif passed:
            self._passed_line(line)
        else:
            self._read_line(line)

    def _read_line(self, line: Line) -> None:
        known = self._variables.values and '${' in line.text
        if line.pieces or line.cut is not None or known:
            self._any_line(line)
        elif read := plain.directive(line):
            self._statement(read.name.text.lower(), *read)
        elif name := plain.closing(line):
            self._end_section(name, line.span(0, len(line.text)))
        elif read := plain.opening(line):
            self._open_section(read.name.text[:-1].lower(), *read)
        else:
            self._any_line(line)

    def _any_line(self, line: Line) -> None:
        if line.cut is not None:
            self._problem('line-cut-by-nul', Span(line.cut, line.cut + 1))
        line = line.resolved(self._variables)
        start = len(line.text) - len(line.text.lstrip(INVISIBLE_OR_BLANK))
        if start:
            found = line.text[:start].strip(BLANKS)
            self._problem('invisible-start', line.span(0, start), code=f'U+{ord(found[0]):04X}')
        if line.text.startswith('#', start):
            return
        end = _end_of_word(line.text, start)
        if end == start:
            return
        first = words(line, start, end)[0]
        if first.text.startswith('</'):
            self._close(line, start, end, first.text)
        elif first.text.startswith('<'):
            self._section(line, start, end, first.text)
        else:
            self._directive(line, end, first)

    def _comment(self, line: Line, passed: bool) -> None:
        self._comments.append(Comment(line.text, line.span(0, len(line.text))))
        if line.continued is None or passed:
            return
        swallowed = line.text[line.continued :].lstrip(BLANKS)
        if swallowed and not swallowed.startswith('#'):
            begin = len(line.text) - len(swallowed)
            self._problem('continued-comment', line.span(begin, len(line.text)))

    # -- directives ----------------------------------------------------------------------------

    def _directive(self, line: Line, end: int, name: Word) -> None:
        text = name.text
        if len(text) > 1 and text.endswith('>'):  # ap_build_config_sub() takes it off any name
            text = text[:-1]
        key = text.lower()
        arguments, rest = self._arguments(line, end, len(line.text))
        word = name if text is name.text else Word(text, name.span)
        self._statement(key, word, arguments, rest)

    def _statement(self, key: str, name: Word, arguments: tuple[Word, ...], rest: Word) -> None:
        span = Span(name.span.start, rest.span.end)
        self._add(Statement(key, name, arguments, rest, span, self._contexts()))
        if key == 'define' and arguments:
            value = arguments[1].text if len(arguments) > 1 else None
            self._variables.define(arguments[0].text, value)
        elif key == 'undefine' and arguments:
            self._variables.undefine(arguments[0].text)

    def _arguments(self, line: Line, start: int, end: int) -> tuple[tuple[Word, ...], Word]:
        """Return the words between two indexes, and the text that they were taken from."""
        written = line.text[start:end].lstrip(BLANKS)
        if not written:
            return (), Word('', line.span(start, start))
        begin = end - len(written)
        written = written.rstrip(BLANKS)
        found = tuple(words(line, begin, end))
        return found, Word(written, line.span(begin, begin + len(written)))

    # -- sections ------------------------------------------------------------------------------

    def _section(self, line: Line, start: int, end: int, name: str) -> None:
        """Section = "<" name argument* ">"; what follows the last ">" is not read."""
        text = line.text
        if name == '<' and end < len(text):
            begin = start
            start = text.index(text[end:].lstrip(BLANKS), end)
            end = _end_of_word(text, start)
            name = '<' + text[start:end]
            self._problem('blank-in-bracket', line.span(begin, start), name=name.rstrip('>'))
            start = begin
        closed = name.endswith('>')
        name = name.removesuffix('>')
        key = name.lower()
        bracket = self._bracket(line, end, name, closed)
        arguments, rest = self._arguments(line, end, bracket)
        word = Word(f'{name}>', line.span(start, end))
        self._open_section(key, word, arguments, rest)
        if text[bracket:].lower().endswith(f'</{key[1:]}>'):
            self._pop()

    def _bracket(self, line: Line, start: int, name: str, closed: bool) -> int:
        """Return the index of the ">" that ends a section's arguments."""
        text = line.text
        last = text.rfind('>', start)
        if name.lower() == '<ifversion' and not closed and not text.endswith('>'):
            return self._bracket_of_version(line, start, name)
        if last < 0:
            if text[start:].strip(BLANKS):
                kind = 'text-after-section' if closed else 'missing-bracket'
                place = line.span(start, len(text)) if closed else line.span(len(text), len(text))
                self._problem(kind, place, name=name)
            return len(text) if not closed else start
        if text.lower().endswith(f'</{name[1:].lower()}>'):
            first = start if closed else text.find('>', start) + 1
            self._problem('one-line-section', line.span(first, len(text)), name=name)
            return first - (not closed)
        behind = text[last + 1 :].strip(BLANKS)
        if behind and not behind.startswith('#'):
            self._problem('ignored-text', line.span(text.index(behind, last + 1), len(text)))
        return last

    def _bracket_of_version(self, line: Line, start: int, name: str) -> int:
        """Return where the arguments of an ``<IfVersion>`` end whose last word has no ">".

        Alone of all sections it is given words, not the line: start_ifversion() of mod_version.c
        asks for the ">" at the end of the last one.
        """
        end = len(line.text)
        if THIRD_WORD.fullmatch(line.text, start):
            return end
        if found := VERSION_END.search(line.text, start):
            place = line.span(found.end(), end)
            self._problem('text-after-section', place, name=line.text[: found.start()])
            return found.start()
        self._problem('missing-bracket', line.span(end, end), name=name)
        return end

    def _open_section(self, key: str, name: Word, arguments: tuple[Word, ...], rest: Word) -> None:
        span = Span(name.span.start, max(name.span.end, rest.span.end))
        section = Section(key, name, arguments, rest, span, self._contexts(), self._inside(key))
        if section.key in CONDITIONS:
            asked = [word.text for word in arguments]
            holds = self._conditions.holds(section.key, asked, self._variables)
            section.inside = section.contexts
            section.condition = True
            section.passed = holds is not True
        elif section.key.startswith(OPAQUE):
            section.passed = section.opaque = True
        self._open.append(section)
        self._open_names[section.key[1:]] += 1

    def _inside(self, key: str) -> frozenset[str]:
        context = INSIDE.get(key)
        if context is None:
            return ANYWHERE
        if self._contexts() != FRAGMENT and 'htaccess' in self._contexts():
            return frozenset({'htaccess', context})  # its sections allow no more than it does
        return frozenset({context})

    def _close(self, line: Line, start: int, end: int, tag: str) -> None:
        """Close = "</" name ">", and nothing else between the brackets."""
        name = tag[2:-1]
        if not tag.endswith('>') or '>' in name or not name:
            bare = line.text[start + 2 :].strip(BLANKS + '>')
            name = re.split(rf'[{BLANKS}>]', bare, maxsplit=1)[0]
            self._problem('decorated-close', line.span(start, len(line.text)), name=name)
        elif self._open and self._open[-1].condition and end < len(line.text):
            self._problem('text-after-close', line.span(end, len(line.text)), name=name)
        self._end_section(name, line.span(start, end))

    def _end_section(self, written: str, span: Span) -> None:
        """Close the section that a closing tag is meant for, and note where it is the wrong one."""
        name = written.lower()
        if self._open and self._open[-1].key[1:] == name:
            self._pop()
        elif self._late[name]:
            self._late[name] -= 1  # of a section that another's tag has closed already
        elif not self._open:
            self._problem('stray-close', span, name=written)
        elif self._open_names[name]:
            self._mismatch(written, span)
            while self._open[-1].key[1:] != name:
                inner = self._open[-1].key[1:]
                if self._balance.is_closed_after(inner, span.end):
                    self._late[inner] += 1
                self._pop()
            self._pop()
        elif self._balance.is_closed_after(self._open[-1].key[1:], span.end):
            self._problem('stray-close', span, name=written)
        else:
            self._mismatch(written, span)
            self._pop()

    def _mismatch(self, name: str, span: Span) -> None:
        section = self._open[-1]
        start, end = section.span.start, section.span.end
        values = {'expected': section.name.text[1:-1], 'start': str(start), 'end': str(end)}
        # What it passes over, the engine reads in one go: it names the line that this began on.
        noticed = start if section.passed else None
        self._problem('mismatched-close', span, noticed, name=name, **values)

    def _end_of_text(self) -> None:
        """Note the sections that the text ends in.

        Inside a condition that is true the engine takes the end of the file for its end, and asks
        for no closing tag any more (ap_build_cont_config()).
        """
        excused = False
        for section in self._open:
            excused = excused or (section.condition and not section.passed)
            kind = 'unclosed-condition' if excused else 'unclosed-section'
            self._problem(kind, section.name.span, name=section.name.text[1:-1])
        while self._open:
            self._pop()

    def _pop(self) -> None:
        section = self._open.pop()
        self._open_names[section.key[1:]] -= 1
        self._skipped.clear()
        self._skipped_names.clear()
        self._add(section.statement())

    # -- what is passed over -------------------------------------------------------------------

    def _passed_line(self, line: Line) -> None:
        """Keep the balance of the sections in a false branch, as ap_soak_end_container() does."""
        if not line.text.startswith('<'):
            return
        section = self._open[-1]
        end = _end_of_word(line.text, 0)
        word = line.text[:end].lower()
        if not word.startswith('</'):
            if not section.opaque:
                name = word[1:].removesuffix('>')
                self._skipped.append(name)
                self._skipped_names[name] += 1
            return
        name = word[2:-1]
        if self._skipped and self._skipped[-1] == name:
            self._unskip()
        elif section.opaque and name != section.key[1:]:
            return
        elif self._skipped:
            self._skipped_mismatch(name, line.span(0, end))
        else:
            self._end_section(name, line.span(0, end))

    def _unskip(self) -> str:
        name = self._skipped.pop()
        self._skipped_names[name] -= 1
        return name

    def _skipped_mismatch(self, name: str, span: Span) -> None:
        expected = self._skipped[-1]
        noticed = self._open[-1].span.start
        values = {'name': name, 'expected': expected, 'start': '', 'end': ''}
        self._problem('mismatched-close', span, noticed, **values)
        if self._skipped_names[name]:
            while self._unskip() != name:
                pass
        elif self._open_names[name]:
            while self._open[-1].key[1:] != name:
                self._pop()
            self._pop()
        else:
            self._unskip()

    # -- the tree ------------------------------------------------------------------------------

    def _contexts(self) -> frozenset[str]:
        return self._open[-1].inside if self._open else self._top

    def _add(self, statement: Statement) -> None:
        (self._open[-1].children if self._open else self._statements).append(statement)

    def _problem(self, kind: str, span: Span, noticed: int | None = None, **values: str) -> None:
        self._problems.append(Problem(kind, span, values, noticed))


def _end_of_word(text: str, start: int) -> int:
    """Return the index behind the word that starts at ``start``."""
    found = WORD.match(text, start)
    return found.end() if found else start
