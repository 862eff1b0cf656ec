"""Line, Stretch, stretches(text): how Apache cuts its configuration up into lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.words import BLANKS
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.engines.apache.variables import Variables
    from glance_docs_ext.syntax import Document

LINE_END = re.compile(r'\n')
GOES_ON = re.compile(r'\\\r?\n')  # found at once, by its first character
GOES_ON_OR_ENDS = re.compile(rf'{GOES_ON.pattern}|\0')
BLANK = r'[ \t\v\f\r]'
# What is blank is named sign by sign: of r"\s" in a set Python asks a function, for each character.
BARE = r'[^ \t\n\v\f\r"\'\\]++'  # a word without a quote or a backslash
_QUOTED = r"""(?:"[^"\\\n]*+"|'[^'\\\n]*+')"""
# Blanks, in several lines.
_GAP = rf'(?:{BLANK}++|(?>(?:\\\r?\n)+){BLANK}++)(?>(?:\\\r?\n{BLANK}*+)*)'
# A quote ends a word, and the next may begin there.
_WORDS = rf'(?:(?>{_QUOTED}+)(?>(?:{BARE})?)|{BARE})'
CONTINUED = re.compile(
    rf'{BLANK}*+([A-Za-z][A-Za-z0-9_]*+){_GAP}({_WORDS}(?>(?:{_GAP}{_WORDS})*))(?>(?:{_GAP})?)$',
    re.MULTILINE,
)
"""A directive that goes on in other lines, as most do: between words, none of which is cut.

Its groups are the name, and all that stands behind it."""


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
        number = bisect_left(self.pieces, (index + 1,))
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
        first = max(bisect_left(self.pieces, (start + 1,)) - 1, 0)
        behind = bisect_left(self.pieces, (end,))
        return list(self.pieces[first:behind])


Stretch = Span | re.Match[str] | Line
"""A part of a text: lines none of which goes on in the next; one that does, as a match of
`CONTINUED`; or one that is unusual."""


def stretches(text: str) -> list[Stretch]:
    """Return the parts of a text.

    Lines are those of cfg_getline() of server/util.c. One goes on where its last character is a
    backslash, whether it is a comment or not. A NUL ends the line for the engine: neither what
    follows nor a backslash behind it is seen.
    """
    if '\\' not in text and '\0' not in text:  # as most
        return [Span(0, len(text))]
    found: list[Stretch] = []
    done = 0
    is_cut = '\0' in text
    for sign in (GOES_ON_OR_ENDS if is_cut else GOES_ON).finditer(text):
        if sign.start() >= done:  # else it is in the line that was read last
            start = text.rfind('\n', done, sign.start()) + 1 or done
            if start > done:
                found.append(Span(done, start))
            plain = None if is_cut else CONTINUED.match(text, start)
            if plain:
                found.append(plain)
                done = min(plain.end() + 1, len(text))
                continue
            line, done = _joined(text, start)
            if line.text or line.cut is not None:
                found.append(line)
    return [*found, Span(done, len(text))]


def joined(found: re.Match[str]) -> Line:
    """Return a line that `CONTINUED` has found, for those who look closer."""
    return _joined(found.string, found.start())[0]


def logical_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text, but for the empty ones."""
    for stretch in stretches(text):
        if not isinstance(stretch, Span):
            yield stretch if isinstance(stretch, Line) else joined(stretch)
            continue
        offset, end = stretch
        for piece in text[offset:end].split('\n'):
            stripped = piece.lstrip(BLANKS)
            if stripped:
                yield Line(stripped.rstrip(BLANKS), offset + len(piece) - len(stripped))
            offset += len(piece) + 1


def lines_from(text: str, start: int) -> Iterator[Line]:
    """Yield the lines of a text, but for the empty ones, from the offset of the start of one on."""
    while start < len(text):
        end = text.find('\n', start)
        piece = text[start : end if end >= 0 else None]
        if '\0' in piece or (end >= 0 and piece.endswith(('\\', '\\\r'))):
            line, start = _joined(text, start)
            if line.text or line.cut is not None:
                yield line
            continue
        stripped = piece.lstrip(BLANKS)
        if stripped:
            yield Line(stripped.rstrip(BLANKS), start + len(piece) - len(stripped))
        start += len(piece) + 1


def end_of_line(document: Document, offset: int) -> int:
    """Return the offset of the end of the line that an offset of a document is in."""
    stop = document.stop_behind(offset)
    if stop is not None:
        return stop
    text = document.source.text
    end = text.find('\n', offset)
    return end if end >= 0 else len(text)


def stops(text: str, parts: list[Stretch]) -> tuple[int, ...]:
    """Return the offsets that the lines of `stretches` end at.

    There are none where each line ends where it began: the engine names the line that it has come
    to, and that is no other then.
    """
    if len(parts) == 1:
        return ()
    ends: list[int] = []
    for part in parts:
        if isinstance(part, Line):
            ends.append(part.last or part.offset)
        elif isinstance(part, re.Match):
            ends.append(part.end())
        else:
            ends += [found.start() for found in LINE_END.finditer(text, *part)]
    return tuple(ends)


def _joined(text: str, start: int) -> tuple[Line, int]:
    """Return the line that starts at ``start`` and goes on or is cut, and where the next starts."""
    pieces: list[tuple[str, int]] = []
    while True:
        end = text.find('\n', start)
        piece = text[start:end] if end >= 0 else text[start:]
        behind = start + len(piece) + 1
        nul = piece.find('\0')
        if nul >= 0:
            return _line([*pieces, (piece[:nul], start)], start + nul), behind
        tail = piece.removesuffix('\r')
        if end >= 0 and tail.endswith('\\'):
            pieces.append((tail[:-1], start))
        elif end >= 0 and not tail and pieces and pieces[-1][0].endswith('\\'):
            # The engine looks at the joined text: a backslash of the line before counts again.
            pieces[-1] = (pieces[-1][0][:-1], pieces[-1][1])
        else:
            return _line([*pieces, (piece, start)], None), behind
        start = behind


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
