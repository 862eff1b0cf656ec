"""Literal blocks of a reStructuredText page, found without docutils.

Only as much of the markup is read as decides what is shown literally: where paragraphs, lists,
comments and directives begin and how far their indentation goes. The rules are those of docutils
(``parsers/rst/states.py``); the tests hold both to the same findings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glance_docs_ext.pages import directive, notes
from glance_docs_ext.pages.directive import FIELD
from glance_docs_ext.pages.literals import Comment, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.literals import Include, Line

CODE = frozenset({'code-block', 'sourcecode', 'code', 'code-tab', 'config-block'})
NOT_PAGES = frozenset(
    {
        *('doctest', 'testcode', 'testoutput', 'testsetup', 'testcleanup', 'parsed-literal'),
        *('raw', 'math', 'csv-table', 'replace', 'graphviz', 'digraph', 'graph', 'mermaid', 'uml'),
        *('productionlist', 'toctree', 'prompt', 'jinja', 'meta', 'image', 'date', 'unicode'),
    }
)
"""Directives whose content is no text of the page."""
TAKES_ALL = CODE | NOT_PAGES | {'literalinclude', 'highlight', 'include'}

BULLET = r'[-+*\u2022\u2023\u2043]'
ENUMERATOR = r'\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)]'
ITEM = re.compile(f'(?:{BULLET}|{ENUMERATOR})(?: +|$)')
EXPLICIT = re.compile(r'\.\.(?: +|$)')
DIRECTIVE = re.compile(r'\.\. +(?P<name>(?!_)\w(?:[-._+:]?\w)*) ?::(?: +|$)')
FOOTNOTE = re.compile(r'\.\. +\[[^\]]+\](?: +|$)')
ADORNMENT = re.compile(r'([!-/:-@[-`{-~])\1*$')
GRID = re.compile(r'\+-[-+]+-\+$')
PUNCTUATION = re.compile(r'[!-/:-@[-`{-~]')


def read(lines: list[Line], include: Include) -> Iterator[Literal | Note]:
    """Yield the literal blocks and the version notes of a page in their order."""
    return _Reader(lines, include).read()


class _Reader:
    """A position in the lines of a page, and what was said there of blocks that follow."""

    def __init__(self, lines: list[Line], include: Include) -> None:
        self._lines = lines
        self._include = include
        self._at = 0
        self._language = ''
        self._comment: Comment | None = None  # of configcheck, with nothing behind it so far

    def read(self) -> Iterator[Literal | Note]:
        while self._at < len(self._lines):
            if self._lines[self._at].text:
                yield from self._element()
            else:
                self._at += 1

    def _element(self) -> Iterator[Literal | Note]:
        """Read ``ITEM* (explicit | FIELD | ADORNMENT | GRID-table | paragraph)``."""
        line = self._lines[self._at]
        column = line.indent
        while item := ITEM.match(line.text, column):
            column = item.end()
            self._comment = None
        rest = line.text[column:]
        if EXPLICIT.match(rest):
            yield from self._explicit(line, column)
            return
        comment, self._comment = self._comment, None
        if not rest or FIELD.match(rest) or (len(rest) >= 4 and ADORNMENT.match(rest)):
            self._at += 1
        elif GRID.match(rest):
            self._skip_to_blank()
        else:
            yield from self._paragraph(column, comment if rest == '::' else None)

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
        start = self._at
        if start == len(self._lines) or self._lines[start].text:
            return
        end = self._end_of_block(start, column)
        while start < end and not self._lines[start].text:
            start += 1
        if start == end:
            if start < len(self._lines) and PUNCTUATION.match(self._lines[start].text, column):
                self._at = start
                self._skip_to_blank()
            return
        self._at = end
        block = self._lines[start:end]
        indent = directive.indentation(block)
        pieces = directive.pieces_of(block, indent)
        yield Literal('', self._language, pieces, comment=comment)

    def _explicit(self, line: Line, column: int) -> Iterator[Literal | Note]:
        """Read ``directive | FOOTNOTE | comment``; targets and substitutions go as comments do."""
        if found := DIRECTIVE.match(line.text, column):
            yield from self._directive(line, column, found)
        elif FOOTNOTE.match(line.text, column):
            self._at += 1
            self._comment = None
        elif line.text[column:] == '..' and self._is_blank(self._at + 1):
            self._at += 1  # an empty comment, which takes nothing with it
        else:
            start = self._at
            self._at = self._end_of_block(start + 1, column)
            text = line.text[column + 2 :].strip()
            if text.startswith('configcheck:'):
                behind = (more.text.strip() for more in self._lines[start + 1 : self._at])
                self._comment = Comment(' '.join((text, *behind)).strip(), line)

    def _directive(self, line: Line, column: int, found: re.Match[str]) -> Iterator[Literal | Note]:
        name = found['name'].lower()
        argument = line.text[found.end() :]
        if name == 'highlight':
            self._language = argument.strip()
            self._at = self._end_of_block(self._at + 1, column)
            return
        comment, self._comment = self._comment, None
        if name not in TAKES_ALL:
            yield from self._text(name, argument, line, column)
            return
        start = self._at + 1
        self._at = self._end_of_block(start, column)
        if name in NOT_PAGES:
            return
        literal = directive.literal(name, argument, line, self._lines[start : self._at])
        if literal is None:
            return
        if name == 'include' and directive.is_text(literal):
            self._lines[self._at : self._at] = self._include(literal, column)
        else:
            language = literal.argument or self._language
            yield replace(literal, argument=language, comment=comment)

    def _text(self, name: str, argument: str, line: Line, column: int) -> Iterator[Literal | Note]:
        """Go on in what follows a directive that holds text of the page."""
        if name in notes.CHANGES:
            most = min(self._at + 1 + notes.LONGEST, len(self._lines))
            block = self._lines[self._at + 1 : self._end_of_block(self._at + 1, column, most)]
            found = notes.note(name, argument, line, (below.text for below in block))
            if found:
                yield found
        self._at += 1
        if argument and not self._is_blank(self._at):  # the argument and these are one paragraph
            yield from self._paragraph(self._lines[self._at].indent)

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

    def _is_blank(self, index: int) -> bool:
        return index >= len(self._lines) or not self._lines[index].text

    def _skip_to_blank(self) -> None:
        while not self._is_blank(self._at):
            self._at += 1
