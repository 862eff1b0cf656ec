"""Literal blocks of a reStructuredText page, found without docutils.

Only as much of the markup is read as decides what is shown literally: where paragraphs, lists,
comments and directives begin and how far their indentation goes. The rules are those of docutils
(``parsers/rst/states.py``); the tests hold both to the same findings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glance_docs_ext.notes import Note, Timeline
from glance_docs_ext.pages import directive, notes
from glance_docs_ext.pages.directive import FIELD
from glance_docs_ext.pages.literals import ADDRESSED, Comment, Literal
from glance_docs_ext.pages.prose import RST, Prose, Role, may_have_roles, roles
from glance_docs_ext.pages.waiting import WaitingComment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.pages.literals import Include, Line
    from glance_docs_ext.source import Place

CODE = frozenset({'code-block', 'sourcecode', 'code', 'code-tab', 'config-block'})
NOT_PAGES = frozenset(
    {
        *('doctest', 'testcode', 'testoutput', 'testsetup', 'testcleanup', 'parsed-literal'),
        *('raw', 'math', 'csv-table', 'replace', 'graphviz', 'digraph', 'graph', 'mermaid', 'uml'),
        *('productionlist', 'toctree', 'prompt', 'jinja', 'meta', 'image', 'date', 'unicode'),
    }
)
"""Directives whose content is no text of the page."""
TAKES_ALL = CODE | NOT_PAGES | {'literalinclude', 'highlight', 'include', notes.TIMELINE}

BULLET = r'[-+*\u2022\u2023\u2043]'
ENUMERATOR = r'\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)]'
ITEM = re.compile(f'(?:{BULLET}|{ENUMERATOR})(?: +|$)')
EXPLICIT = re.compile(r'\.\.(?: +|$)')
DIRECTIVE = re.compile(r'\.\. +(?P<name>(?!_)\w(?:[-._+:]?\w)*) ?::(?: +|$)')
TARGET = re.compile(r'\.\. +_(?! |$)')
FOOTNOTE = re.compile(r'\.\. +\[[^\]]+\](?: +|$)')
ADORNMENT = re.compile(r'([!-/:-@[-`{-~])\1*$')
GRID = re.compile(r'\+-[-+]+-\+$')
PUNCTUATION = re.compile(r'[!-/:-@[-`{-~]')


Found = Literal | Note | Timeline | Comment | Role


def read(lines: list[Line], include: Include) -> Iterator[Found]:
    """Yield the literal blocks of a page in their order, its version notes, and stray comments.

    Behind these come the roles of its running text.
    """
    return _Reader(lines, include).read()


class _Reader:
    """A position in the lines of a page, and what was said there of blocks that follow."""

    def __init__(self, lines: list[Line], include: Include) -> None:
        self._lines = lines
        self._include = include
        self._at = 0
        self._language = ''
        self._waiting = WaitingComment()
        self._siblings: list[tuple[int, Place | None]] = []
        # For each column that elements stand in, from left to right: the last one, if it is a note.
        self._no_prose: list[tuple[int, int]] = []  # the lines that are no running text
        self._notes: dict[int, int] = {}  # the first lines of version notes, and their columns

    def read(self) -> Iterator[Found]:
        while self._at < len(self._lines):
            if self._lines[self._at].text:
                yield from self._element()
            else:
                self._at += 1
        yield from self._waiting.dropped()
        if may_have_roles(self._lines):
            yield from roles(self._prose(), RST)

    def _prose(self) -> Iterator[Prose | None]:
        """Yield the running text, line by line; None where a paragraph ends."""
        note: int | None = None  # the column of the outermost version note that is open
        hidden = {index for start, end in self._no_prose for index in range(start, end)}
        for index, line in enumerate(self._lines):
            if not line.text or index in hidden:
                yield None
                continue
            if note is not None and line.indent <= note:
                note = None
            if note is None and index in self._notes:
                note = self._notes[index]
            yield Prose(line, note is not None)

    def _element(self) -> Iterator[Found]:
        """Read ``ITEM* (explicit | FIELD | ADORNMENT | GRID-table | paragraph)``."""
        line = self._lines[self._at]
        column = line.indent
        while item := ITEM.match(line.text, column):
            column = item.end()
        above = self._sibling(line.indent, column)
        rest = line.text[column:]
        if EXPLICIT.match(rest):
            yield from self._explicit(line, column, above)
            return
        comment = None
        if rest == '::':  # a paragraph that is not shown
            comment = yield from self._waiting.taken(column)
        yield from self._waiting.dropped()
        if not rest or FIELD.match(rest) or (len(rest) >= 4 and ADORNMENT.match(rest)):
            self._at += 1
        elif GRID.match(rest):
            self._skip_to_blank()
        else:
            yield from self._paragraph(column, comment)

    def _sibling(self, indent: int, column: int) -> Place | None:
        """Note that an element begins in ``column``; return the place of the note straight above.

        :param indent: where its line begins; further left where it is the item of a list
        """
        while self._siblings and self._siblings[-1][0] > indent:
            self._siblings.pop()
        above = None
        if self._siblings and self._siblings[-1][0] == indent:
            above = self._siblings.pop()[1]
        if indent < column:
            self._siblings.append((indent, None))
            above = None
        self._siblings.append((column, None))
        return above

    def _paragraph(self, column: int, comment: Comment | None = None) -> Iterator[Literal]:
        """Read ``TEXT+ literal?``; a paragraph goes on while its lines begin in ``column``."""
        first = self._lines[self._at].text[column:]
        last = first
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.text or line.indent != column:
                break
            self._at += 1
            text = line.text[column:]
            if last is first and ADORNMENT.match(text) and len(text) >= min(4, len(first)):
                return  # the underline of a title
            last = text
        if last.endswith('::') and (len(last) - len(last[:-2].rstrip('\\'))) % 2 == 0:
            yield from self._literal(column, comment)

    def _literal(self, column: int, comment: Comment | None) -> Iterator[Literal]:
        """Read ``BLANK+ (deeper line* | quoted line*)``, the block that ``::`` announces."""
        if self._at == len(self._lines) or self._lines[self._at].text:
            return
        while self._at < len(self._lines) and not self._lines[self._at].text:
            self._at += 1
        block = self._lines[self._at : self._end_of_block(self._at, column)]
        if not block:
            if self._at < len(self._lines) and self._is_quoted(self._lines[self._at], column):
                start = self._at
                self._skip_to_blank()
                self._no_prose.append((start, self._at))
            return
        self._no_prose.append((self._at, self._at + len(block)))
        self._at += len(block)
        indent = directive.indentation(block)
        pieces = directive.pieces_of(block, indent)
        yield Literal('', self._language, pieces, comment=comment)

    def _explicit(self, line: Line, column: int, above: Place | None) -> Iterator[Found]:
        """Read ``directive | FOOTNOTE | TARGET | comment``; substitutions go as comments do."""
        if found := DIRECTIVE.match(line.text, column):
            yield from self._directive(line, column, found, above)
        elif FOOTNOTE.match(line.text, column):
            self._at += 1
            yield from self._waiting.dropped()
        elif TARGET.match(line.text, column):
            self._at += 1
            while not self._is_blank(self._at) and self._lines[self._at].indent > column:
                self._at += 1
        elif line.text[column:] == '..' and self._is_blank(self._at + 1):
            self._at += 1  # an empty comment, which takes nothing with it
        else:
            start = self._at
            self._at = self._end_of_block(start + 1, column)
            self._no_prose.append((start, self._at))
            text = line.text[column + 2 :].strip()
            if text.startswith(ADDRESSED):
                behind = (more.text.strip() for more in self._lines[start + 1 : self._at])
                self._waiting.comment = Comment(' '.join((text, *behind)).strip(), line, column)

    def _directive(
        self, line: Line, column: int, found: re.Match[str], above: Place | None
    ) -> Iterator[Found]:
        name = found['name'].lower()
        argument = line.text[found.end() :]
        if name not in TAKES_ALL:
            yield from self._waiting.dropped()
            yield from self._text(name, argument, line, column, above)
            return
        start = self._at + 1
        self._at = self._end_of_block(start, column)
        self._no_prose.append((start - 1, self._at))
        if name in NOT_PAGES:
            yield from self._waiting.dropped()
            return
        literal = directive.literal(name, argument, line, self._lines[start : self._at])
        if literal is None:
            return
        if name == 'highlight':
            self._language = literal.argument
        elif name == notes.TIMELINE:
            yield from self._waiting.dropped()
            if timeline := notes.timeline(literal):
                yield timeline
        elif name == 'include' and directive.is_text(literal):
            self._siblings[-1] = (column, above)  # what it brings stands in its place
            self._lines[self._at : self._at] = self._include(literal, column)
        else:
            if not literal.argument and name != 'config-block':
                literal = replace(literal, argument=self._language)
            comment = yield from self._waiting.taken(column)
            yield replace(literal, comment=comment)

    def _text(
        self, name: str, argument: str, line: Line, column: int, above: Place | None
    ) -> Iterator[Found]:
        """Go on in what follows a directive that holds text of the page."""
        if name in notes.CHANGES:
            self._notes[self._at] = column
            most = min(self._at + 1 + notes.LONGEST, len(self._lines))
            block = self._lines[self._at + 1 : self._end_of_block(self._at + 1, column, most)]
            found = notes.note(name, argument, line, (below.text for below in block), above)
            if found:
                self._siblings[-1] = (column, found.place)
                yield found
        self._at += 1
        if argument and not self._is_blank(self._at) and self._lines[self._at].indent > column:
            yield from self._paragraph(self._lines[self._at].indent)  # which the argument begins

    def _end_of_block(self, start: int, column: int, most: int | None = None) -> int:
        """Return the index behind the lines from ``start`` that stand deeper than ``column``.

        :param most: the index that it is not looked behind (None: the end)
        """
        end = start
        for index in range(start, len(self._lines) if most is None else most):
            line = self._lines[index]
            if not line.text:
                continue
            if line.indent <= column:
                break
            end = index + 1
        return end

    @staticmethod
    def _is_quoted(line: Line, column: int) -> bool:
        return line.indent == column and PUNCTUATION.match(line.text, column) is not None

    def _is_blank(self, index: int) -> bool:
        return index >= len(self._lines) or not self._lines[index].text

    def _skip_to_blank(self) -> None:
        while not self._is_blank(self._at):
            self._at += 1
