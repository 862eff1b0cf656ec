"""Lines and words: how Apache cuts its configuration up."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

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
ESCAPED = {
    'double': re.compile(r'\\(["\\])'),
    'single': re.compile(r"\\(['\\])"),
    'bare': re.compile(r'\\(\\)'),
}


class Line(NamedTuple):
    """A logical line: joined over continuations, without the blanks around it.

    ``offset`` is where its first character stands in the whole text. Where the line was joined,
    ``joints`` has an item for each of its parts: where that starts in the joined text, and where in
    the whole text. ``cut`` is the offset of the NUL that the engine stops reading the line at.
    """

    text: str
    offset: int
    joints: tuple[tuple[int, int], ...] = ()
    cut: int | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the whole text that ``start`` to ``end`` were written in."""
        if not self.joints:
            return Span(self.offset + start, self.offset + end)
        begin = self._place(start)
        return Span(begin, self._place(end - 1) + 1 if end > start else begin)

    def _place(self, index: int) -> int:
        number = bisect_right(self.joints, index, key=itemgetter(0))
        start, offset = self.joints[max(number - 1, 0)]
        return offset + index - start


def logical_lines(text: str) -> Iterator[Line]:
    """Yield the lines as cfg_getline() of server/util.c reads them, also the empty ones.

    A line goes on where its last character is a backslash, whether it is a comment or not. A NUL
    ends the line for the engine: neither what follows nor a backslash behind it is seen.
    """
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
    gone = len(joined) - len(stripped)
    joints = []
    index = -gone
    for piece, start in pieces:
        joints.append((index, start))
        index += len(piece)
    line = Line(stripped.rstrip(BLANKS), 0, tuple(joints), cut)
    return line._replace(offset=line.span(0, 0).start)


def words(line: Line, start: int, end: int) -> Iterator[Word]:
    """Yield the words between two indexes of the line's text, as ap_getword_conf() reads them."""
    for found in WORD.finditer(line.text, start, end):
        kind = found.lastgroup or 'bare'
        text = found[kind]
        if '\\' in text:
            text = ESCAPED[kind].sub(r'\1', text)
        begin = found.start(kind) - (kind != 'bare')
        yield Word(text, line.span(begin, found.end()))
