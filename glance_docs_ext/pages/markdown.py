"""Literal blocks of a Markdown page: fences as CommonMark has them, directives as MyST has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.pages import notes, restructuredtext
from glance_docs_ext.pages.directive import dedented, is_text
from glance_docs_ext.pages.literals import ADDRESSED, Comment, Line, Literal, Piece
from glance_docs_ext.pages.prose import MARKDOWN, Prose, may_have_roles, roles
from glance_docs_ext.pages.waiting import WaitingComment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.literals import Include
    from glance_docs_ext.pages.restructuredtext import Found
    from glance_docs_ext.source import Place

QUOTE = re.compile(r' {0,3}> ?')
ITEM = re.compile(r'( *)(?:[-+*]|\d{1,9}[.)])( +|$)')
FENCE = re.compile(r' *(?P<fence>`{3,}(?=[^`]*$)|~{3,}|:{3,})(?P<info>.*)')
COMMENT = re.compile(r' {0,3}%')
DIRECTIVE = re.compile(r'\{(?P<name>[^}\s]+)\} *(?P<argument>.*)')
HTML = re.compile(
    r' {0,3}<(?:(?P<comment>!--)|/?(?:address|article|aside|blockquote|body|center|dd|details'
    r'|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|li|link'
    r'|main|menu|nav|ol|p|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)\b)',
    re.IGNORECASE,
)
"""What begins HTML (CommonMark 4.6): a comment, or a block that ends at a blank line."""
OPTION = re.compile(r' *:(?P<name>[^\s:][^:]*):(?: +(?P<value>.*))?$')
YAML = re.compile(r'(?P<name>[\w-]+): *(?P<value>.*)')
DEEPEST = 12  # directives in one another; what is deeper is not read
INDENTED_CODE = 4  # columns further right than its container: no fence, but shown literally


def read(lines: list[Line], include: Include) -> Iterator[Found]:
    """Yield the literal blocks of a page in their order, its version notes, and stray comments.

    Behind these come the roles of its running text.
    """
    return _Reader(lines, include).read()


class End(Enum):
    """How a fence ends."""

    CLOSED = auto()
    """With a fence."""
    LEFT = auto()
    """With the list or the quotation that it stands in."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A fence that was opened, and what it stands in: so many quotes, a list in that column."""

    line: Line
    column: int
    mark: str
    info: str
    quotes: int
    container: int

    def ends(self, text: str) -> End | None:
        """Return how the line ``text`` ends this fence, None where it stands in it."""
        start, quotes = _unquoted(text, self.quotes)
        rest = text[start:].strip()
        margin = _margin(text, start)
        if quotes < self.quotes or (rest and margin < self.container):
            return End.LEFT
        if len(rest) < len(self.mark) or rest.strip(self.mark[0]):
            return None
        return End.CLOSED if margin - self.container < INDENTED_CODE else None


class _Reader:
    """A position in the lines of a page, and the lists and directives that are open there."""

    def __init__(self, lines: list[Line], include: Include) -> None:
        self._lines = lines
        self._include = include
        self._at = 0
        self._items: list[int] = []  # the columns in which the items of open lists begin
        self._open: list[_Opening] = []  # directives that hold text of the page
        self._waiting = WaitingComment()
        self._above: list[tuple[int, Place | None]] = []
        # For each depth of directives: the container of the last element, and its place if a note.
        self._prose: list[Prose | None] = []  # the running text; None where a paragraph ends

    def read(self) -> Iterator[Found]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not self._is_end(line.text) and line.text:
                yield from self._line(line)
            else:
                self._prose.append(None)
        yield from self._waiting.dropped()
        if may_have_roles(self._lines):
            yield from roles(self._prose, MARKDOWN)

    def _is_end(self, text: str) -> bool:
        """Leave the directives that end at a line; say whether it is no more than that end."""
        for index, opening in enumerate(self._open):
            end = opening.ends(text)
            if end:
                del self._open[index:]
                return end is End.CLOSED
        return False

    def _line(self, line: Line) -> Iterator[Found]:
        start, quotes = _unquoted(line.text)
        start, container = self._in_lists(line.text, start)
        above = self._sibling(container)
        if comment := COMMENT.match(line.text, start):
            yield from self._read_comment(line, comment.end(), container)
            return
        fence = FENCE.match(line.text, start)
        if fence or HTML.match(line.text, start):
            self._prose.append(None)
        if fence and fence.start('fence') - container < INDENTED_CODE:
            column = fence.start('fence')
            mark, info = fence['fence'], fence['info'].strip()
            yield from self._fence(_Opening(line, column, mark, info, quotes, container), above)
            return
        yield from self._waiting.dropped()
        if html := HTML.match(line.text, start):
            around = _Opening(line, start, '-->', '', quotes, container)
            self._skip_html(line.text[html.end() :], '-->' if html['comment'] else '', around)
            return
        begins = not self._prose or self._prose[-1] is None
        if not begins or _margin(line.text, start) - container < INDENTED_CODE:
            self._prose.append(Prose(line, any(map(_is_note, self._open))))

    def _sibling(self, container: int) -> Place | None:
        """Note that an element begins; return the place of the note straight above it, if any."""
        depth = len(self._open)
        del self._above[depth + 1 :]
        self._above += [(-1, None)] * (depth + 1 - len(self._above))
        before, above = self._above[depth]
        self._above[depth] = (container, None)
        return above if before == container else None

    def _read_comment(self, line: Line, start: int, container: int) -> Iterator[Found]:
        """Read ``% text``, MyST's comment, and the lines that go on with it."""
        text = line.text[start:].strip()
        while self._at < len(self._lines) and COMMENT.match(self._lines[self._at].text):
            text += ' ' + self._lines[self._at].text.strip().removeprefix('%').strip()
            self._at += 1
        if text.startswith(ADDRESSED):
            yield from self._waiting.dropped()
            self._waiting.comment = Comment(text, line, container)

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

    def _skip_html(self, text: str, end: str, around: _Opening) -> None:
        """Go past HTML: to the line with ``end`` in it, or where that is '' to a blank one."""
        while self._at < len(self._lines) and not (end in text if end else not text.strip()):
            text = self._lines[self._at].text
            if around.ends(text) is End.LEFT:
                return
            self._at += 1

    def _fence(self, opening: _Opening, above: Place | None) -> Iterator[Found]:
        directive = DIRECTIVE.match(opening.info)
        if directive is not None:
            yield from self._directive(directive, opening, above)
        elif opening.mark[0] == ':':
            yield from self._waiting.dropped()
            self._enter(opening)
        else:
            language = opening.info.split()[0] if opening.info else ''
            content = self._content(opening)
            comment = yield from self._waiting.taken(opening.container)
            yield Literal('', language, content, (opening.line,), comment=comment)

    def _directive(
        self, directive: re.Match[str], opening: _Opening, above: Place | None
    ) -> Iterator[Found]:
        name, argument = directive['name'].lower(), directive['argument'].strip()
        if name == 'eval-rst':
            yield from self._waiting.dropped()
            lines = [_moved(piece) for piece in self._content(opening)]
            yield from restructuredtext.read(lines, self._include)
        elif name in restructuredtext.NOT_PAGES | {'highlight'}:
            yield from self._waiting.dropped()
            self._content(opening)
        elif name in restructuredtext.TAKES_ALL:
            literal = _code(name, argument, self._content(opening), opening)
            if name == notes.TIMELINE:
                yield from self._waiting.dropped()
                if timeline := notes.timeline(literal):
                    yield timeline
            elif name == 'include' and is_text(literal):  # read next, as if it were written here
                self._above[-1] = (opening.container, above)
                self._lines[self._at : self._at] = self._include(literal, opening.column)
            else:
                comment = yield from self._waiting.taken(opening.container)
                yield replace(literal, comment=comment)
        else:
            yield from self._waiting.dropped()
            yield from self._note(name, argument, opening, above)
            self._enter(opening)

    def _enter(self, opening: _Opening) -> None:
        """Go on in what a directive holds, which is text of the page."""
        if len(self._open) == DEEPEST:
            self._content(opening)
        else:
            self._open.append(opening)

    def _note(
        self, name: str, argument: str, opening: _Opening, above: Place | None
    ) -> Iterator[Note]:
        if name in notes.CHANGES:
            body = (line.text for line in self._lines[self._at : self._at + notes.LONGEST])
            text = takewhile(lambda line: not opening.ends(line), body)
            found = notes.note(name, argument, opening.line, text, above)
            if found:
                self._above[-1] = (opening.container, found.place)
                yield found

    def _content(self, opening: _Opening) -> tuple[Piece, ...]:
        """Return what stands between the fences; it also ends where what is around it ends."""
        pieces = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if any(outer.ends(line.text) for outer in self._open):
                break
            end = opening.ends(line.text)
            if end is End.LEFT:
                break
            self._at += 1
            if end is End.CLOSED:
                break
            start, _ = _unquoted(line.text, opening.quotes)
            margin = _margin(line.text, start)
            pieces.append(Piece(line, max(start, min(margin, opening.column))))
        return tuple(pieces)


def _is_note(opening: _Opening) -> bool:
    directive = DIRECTIVE.match(opening.info)
    return directive is not None and directive['name'].lower() in notes.CHANGES


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
