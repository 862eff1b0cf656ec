"""Literal blocks of a Markdown page: fences as CommonMark has them, directives as MyST has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.pages import notes, restructuredtext
from glance_docs_ext.pages.directive import dedented, is_text
from glance_docs_ext.pages.literals import Comment, Line, Literal, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.literals import Include

QUOTE = re.compile(r' {0,3}> ?')
ITEM = re.compile(r'( *)(?:[-+*]|\d{1,9}[.)])( +|$)')
FENCE = re.compile(r' *(?P<fence>`{3,}(?=[^`]*$)|~{3,}|:{3,})(?P<info>.*)')
COMMENT = re.compile(r' {0,3}%')
DIRECTIVE = re.compile(r'\{(?P<name>[^}\s]+)\} *(?P<argument>.*)')
OPTION = re.compile(r' *:(?P<name>[^\s:][^:]*):(?: +(?P<value>.*))?$')
YAML = re.compile(r'(?P<name>[\w-]+): *(?P<value>.*)')
INDENTED_CODE = 4  # columns further right than its container: no fence, but shown literally


def read(lines: list[Line], include: Include) -> Iterator[Literal | Note]:
    """Yield the literal blocks and the version notes of a page in their order."""
    return _Reader(lines, include).read()


@dataclass(frozen=True, slots=True)
class _Opening:
    """A fence that was opened: what closes it, and what stands in it."""

    line: Line
    column: int
    mark: str
    info: str
    quotes: int
    container: int

    def closes(self, text: str) -> bool:
        """Whether ``text``, without the quotes around it, is this fence's end."""
        stripped = text.strip()
        return len(stripped) >= len(self.mark) and not stripped.strip(self.mark[0])


class _Reader:
    """A position in the lines of a page, and the lists and directives that are open there."""

    def __init__(self, lines: list[Line], include: Include) -> None:
        self._lines = lines
        self._include = include
        self._at = 0
        self._items: list[int] = []  # the columns in which the items of open lists begin
        self._open: list[_Opening] = []  # directives that hold text of the page
        self._comment: Comment | None = None  # of configcheck, with nothing behind it so far

    def read(self) -> Iterator[Literal | Note]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if line.text:
                yield from self._line(line)

    def _line(self, line: Line) -> Iterator[Literal | Note]:
        start, quotes = _unquoted(line.text)
        if self._open and self._open[-1].closes(line.text[start:]):
            self._open.pop()
            return
        start, container = self._in_lists(line.text, start)
        if COMMENT.match(line.text, start):
            self._read_comment(line)
            return
        comment, self._comment = self._comment, None
        if line.text.startswith('<!--', start):
            self._skip_html_comment(line, start)
        elif fence := FENCE.match(line.text, start):
            column = fence.start('fence')
            if column - container < INDENTED_CODE:
                mark, info = fence['fence'], fence['info'].strip()
                opening = _Opening(line, column, mark, info, quotes, container)
                yield from self._fence(opening, comment)

    def _read_comment(self, line: Line) -> None:
        """Read ``% text``, MyST's comment, and the lines that go on with it."""
        text = line.text.strip().removeprefix('%').strip()
        while self._at < len(self._lines) and COMMENT.match(self._lines[self._at].text):
            text += ' ' + self._lines[self._at].text.strip().removeprefix('%').strip()
            self._at += 1
        if text.startswith('configcheck:'):
            self._comment = Comment(text, line)

    def _in_lists(self, text: str, start: int) -> tuple[int, int]:
        """Step over the markers of list items; return what follows and the container's column."""
        column = _margin(text, start)
        while self._items and self._items[-1] > column:
            self._items.pop()
        container = self._items[-1] if self._items else start
        while item := ITEM.match(text, start):
            if item.end(1) - container >= INDENTED_CODE:
                break
            spaces = len(item[2])
            start = item.end() if 1 <= spaces <= INDENTED_CODE else item.end() - spaces + 1
            self._items.append(start)
            container = start
        return min(start, len(text)), container

    def _skip_html_comment(self, line: Line, start: int) -> None:
        text = line.text[start + 4 :]
        while '-->' not in text and self._at < len(self._lines):
            text = self._lines[self._at].text
            self._at += 1

    def _fence(self, opening: _Opening, comment: Comment | None) -> Iterator[Literal | Note]:
        directive = DIRECTIVE.match(opening.info)
        if directive is not None:
            yield from self._directive(directive, opening, comment)
        elif opening.mark[0] != ':':
            language = opening.info.split()[0] if opening.info else ''
            content = self._content(opening)
            yield Literal('', language, content, (opening.line,), comment=comment)

    def _directive(
        self, directive: re.Match[str], opening: _Opening, comment: Comment | None
    ) -> Iterator[Literal | Note]:
        name, argument = directive['name'].lower(), directive['argument'].strip()
        if name == 'eval-rst':
            lines = [_moved(piece) for piece in self._content(opening)]
            yield from restructuredtext.read(lines, self._include)
        elif name not in restructuredtext.TAKES_ALL:
            if name in notes.CHANGES:
                body = self._lines[self._at : self._at + notes.LONGEST]
                text = takewhile(lambda line: not opening.closes(line), (b.text for b in body))
                note = notes.note(name, argument, opening.line, text)
                if note:
                    yield note
            self._open.append(opening)
        else:
            literal = _code(name, argument, self._content(opening), opening)
            if name == 'include' and is_text(literal):  # read next, as if it were written here
                self._lines[self._at : self._at] = self._include(literal, opening.column)
            elif name not in restructuredtext.NOT_PAGES | {'highlight'}:
                yield replace(literal, comment=comment)

    def _content(self, opening: _Opening) -> tuple[Piece, ...]:
        """Return what stands between the fences; it also ends where the container ends."""
        pieces = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            start, quotes = _unquoted(line.text, opening.quotes)
            margin = _margin(line.text, start)
            text = line.text[start:]
            if quotes < opening.quotes or (text.strip() and margin < opening.container):
                break
            self._at += 1
            if margin - opening.container < INDENTED_CODE and opening.closes(text):
                break
            pieces.append(Piece(line, max(start, min(margin, opening.column))))
        return tuple(pieces)


def _code(name: str, argument: str, content: tuple[Piece, ...], opening: _Opening) -> Literal:
    """Take a directive apart as MyST does (``parse_directives.py``)."""
    options, rest = _options(content)
    words = argument.split()
    word = argument if name in {'literalinclude', 'include'} else ''.join(words[:1])
    body = rest[1:] if rest and not rest[0].text.strip() else rest
    pieces = dedented(body, options.get('dedent'))
    head = (opening.line, *(piece.line for piece in content[: len(content) - len(rest)]))
    return Literal(name, word, pieces, head, options)


def _options(content: tuple[Piece, ...]) -> tuple[dict[str, str], tuple[Piece, ...]]:
    """Return the options: lines of YAML between ``---``, or lines that begin with a colon."""
    pattern, first = OPTION, 0
    if content and content[0].text.strip() == '---':
        pattern, first = YAML, 1
    options = {}
    end = first
    for piece in content[first:]:
        found = pattern.match(piece.text)
        if not found:
            break
        end += 1
        options[found['name'].lower()] = (found['value'] or '').strip().strip('\'"')
    if first and end < len(content) and content[end].text.strip() == '---':
        end += 1
    return options, content[end:]


def _moved(piece: Piece) -> Line:
    """Return a line as one of a page of its own, without what stood around it."""
    return replace(piece.line, text=piece.text, shift=piece.line.shift - piece.removed)


def _unquoted(text: str, most: int = -1) -> tuple[int, int]:
    """Return where ``text`` begins behind its quote marks (at most so many), and their number."""
    start = quotes = 0
    while quotes != most and (found := QUOTE.match(text, start)):
        start = found.end()
        quotes += 1
    return start, quotes


def _margin(text: str, start: int) -> int:
    """Return the column of the first character from ``start`` on that is no space."""
    return len(text) - len(text[start:].lstrip(' '))
