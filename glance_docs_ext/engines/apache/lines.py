"""Lines and words: how Apache cuts its configuration up."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Word, word_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.engines.apache.variables import Variables

BLANKS = ' \t\n\v\f\r'  # apr_isspace() in the C locale; a no-break space is none of them

# A word of ap_getword_conf(), server/util.c: a quote counts at the start of a word only, a quoted
# word may lack its end, and what follows an end quote at once is the next word.
WORD = re.compile(
    rf"""
    "(?P<double>(?:[^"\\]++|\\["\\]?+)*+)"?+
    | '(?P<single>(?:[^'\\]++|\\['\\]?+)*+)'?+
    | (?P<bare>[^{BLANKS}]++)
    """,
    re.VERBOSE,
)
BARE = re.compile(f'[^{BLANKS}]+')
SPECIAL = re.compile(r'["\'\\]')  # where there is none of these, words are all but blanks
CONTINUED = re.compile(r'\\\r?\n')
ESCAPED = {
    'double': re.compile(r'\\(["\\])'),
    'single': re.compile(r"\\(['\\])"),
    'bare': re.compile(r'\\(\\)'),
}


class Piece(NamedTuple):
    """A part of a line: where it starts in the joined text, and where in the whole text.

    ``length`` is that of the variable that was written, where the part is a variable's value.
    """

    start: int
    offset: int
    length: int | None = None


class Line(NamedTuple):
    """A logical line: joined over continuations, without the blanks around it.

    ``offset`` is where its first character stands in the whole text. ``pieces`` are its parts,
    where it is not one stretch of that text. ``continued`` is the index of what stood on the second
    line, ``cut`` the offset of the NUL that the engine stops reading the line at, ``last`` the end
    of the last of several lines.
    """

    text: str
    offset: int
    pieces: tuple[Piece, ...] = ()
    continued: int | None = None
    cut: int | None = None
    last: int | None = None

    @property
    def end(self) -> int:
        """Where the line ends in the whole text: the engine names the line of that."""
        return self.offset + len(self.text) if self.last is None else self.last

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the whole text that ``start`` to ``end`` were written in."""
        if not self.pieces:
            return Span(self.offset + start, self.offset + end)
        piece = self._piece(start)
        begin = piece.offset if piece.length is not None else piece.offset + start - piece.start
        if end <= start:
            return Span(begin, begin)
        piece = self._piece(end - 1)
        if piece.length is not None:
            return Span(begin, piece.offset + piece.length)
        return Span(begin, piece.offset + end - piece.start)

    def _piece(self, index: int) -> Piece:
        number = bisect_right(self.pieces, index, key=itemgetter(0))
        return self.pieces[max(number - 1, 0)]

    def resolved(self, variables: Variables) -> Line:
        """Return the line with the variables put in, as the engine does before it cuts it up."""
        found = variables.find(self.text)
        if not found:
            return self
        texts: list[str] = []
        pieces: list[Piece] = []
        index = at = 0
        for start, end, value in found:
            pieces += [
                Piece(max(p.start - at, 0) + index, p.offset + max(at - p.start, 0), p.length)
                for p in self._pieces_between(at, start)
            ]
            index += start - at
            span = self.span(start, end)
            pieces.append(Piece(index, span.start, span.end - span.start))
            texts += [self.text[at:start], value]
            index += len(value)
            at = end
        pieces += [
            Piece(max(p.start - at, 0) + index, p.offset + max(at - p.start, 0), p.length)
            for p in self._pieces_between(at, len(self.text))
        ]
        text = ''.join([*texts, self.text[at:]])
        return self._replace(text=text, pieces=tuple(pieces), continued=None)

    def _pieces_between(self, start: int, end: int) -> list[Piece]:
        """Return the parts of a line without variables that lie between two indexes."""
        if start >= end:
            return []
        if not self.pieces:
            return [Piece(0, self.offset)]
        first = max(bisect_right(self.pieces, start, key=itemgetter(0)) - 1, 0)
        behind = bisect_right(self.pieces, end - 1, key=itemgetter(0))
        return list(self.pieces[first:behind])


def logical_lines(text: str) -> Iterator[Line]:
    """Yield the lines as cfg_getline() of server/util.c reads them, but for the empty ones.

    A line goes on where its last character is a backslash, whether it is a comment or not. A NUL
    ends the line for the engine: neither what follows nor a backslash behind it is seen.
    """
    if '\0' in text or CONTINUED.search(text):
        return (line for line in _joined(text) if line.text or line.cut is not None)
    return _each(text)


def _each(text: str) -> Iterator[Line]:
    """Yield the lines of a text in which none goes on."""
    offset = 0
    for piece in text.split('\n'):
        stripped = piece.lstrip(BLANKS)
        if stripped:
            yield Line(stripped.rstrip(BLANKS), offset + len(piece) - len(stripped))
        offset += len(piece) + 1


def _joined(text: str) -> Iterator[Line]:
    pieces: list[tuple[str, int]] = []
    offset = 0
    physical = text.split('\n')
    last = len(physical) - 1
    for number, piece in enumerate(physical):
        start, offset = offset, offset + len(piece) + 1
        nul = piece.find('\0')
        if nul >= 0:
            yield _line([*pieces, (piece[:nul], start)], start + nul)
            pieces = []
            continue
        tail = piece.removesuffix('\r')
        if number < last and tail.endswith('\\'):
            pieces.append((tail[:-1], start))
            continue
        if number < last and not tail and pieces and pieces[-1][0].endswith('\\'):
            # The engine looks at the joined text: a backslash of the line before counts again.
            pieces[-1] = (pieces[-1][0][:-1], pieces[-1][1])
            continue
        yield _line([*pieces, (piece, start)], None) if pieces else _plain(piece, start)
        pieces = []
    if pieces:
        yield _line(pieces, None)


def _plain(piece: str, start: int) -> Line:
    stripped = piece.lstrip(BLANKS)
    return Line(stripped.rstrip(BLANKS), start + len(piece) - len(stripped))


def _line(pieces: list[tuple[str, int]], cut: int | None) -> Line:
    joined = ''.join(piece for piece, _ in pieces)
    stripped = joined.lstrip(BLANKS)
    index = len(stripped) - len(joined)
    parts = []
    for piece, start in pieces:
        parts.append(Piece(index, start))
        index += len(piece)
    continued = max(parts[1].start, 0) if len(parts) > 1 else None
    last = pieces[-1][1] + len(pieces[-1][0])
    line = Line(stripped.rstrip(BLANKS), 0, tuple(parts), continued, cut, last)
    return line._replace(offset=line.span(0, 0).start)


def words(line: Line, start: int, end: int) -> list[Word]:
    """Return the words between two indexes of the line's text, as ap_getword_conf() reads them."""
    if not line.pieces and not SPECIAL.search(line.text, start, end):
        at = line.offset
        found = BARE.finditer(line.text, start, end)
        return [word_at(match[0], (at + match.start(), at + match.end())) for match in found]
    read = []
    offset = None if line.pieces else line.offset
    for match in WORD.finditer(line.text, start, end):
        kind = match.lastgroup or 'bare'
        text = match[kind]
        if '\\' in text:
            text = ESCAPED[kind].sub(r'\1', text)
        begin, behind = match.span()
        if offset is None:
            read.append(Word(text, line.span(begin, behind)))
        else:
            read.append(word_at(text, (offset + begin, offset + behind)))
    return read
