"""Line, Literal: what the readers of both markups see of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import TAB_WIDTH, LineOrigin, Place, Source

if TYPE_CHECKING:
    from collections.abc import Mapping


Include = Callable[['Literal', int], list['Line']]
"""Gives the lines that a directive ``include``, which stands in that column, brings."""

ADDRESSED = 'configcheck:'
"""How a comment begins that speaks to us."""

VERTICAL = str.maketrans('\v\f', '  ')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page as docutils reads it: tabs expanded, nothing blank at its end.

    ``shift`` is how many columns further right it stands here than in its file (an included line),
    negative where something was taken off its front. ``includes`` are the files that led to it,
    its own the last.
    """

    text: str
    number: int
    physical: str
    includes: tuple[str, ...]
    shift: int = 0

    @property
    def path(self) -> str:
        """The file that the line stands in."""
        return self.includes[-1]

    @property
    def indent(self) -> int:
        """The column of the first character, 0-based."""
        return len(self.text) - len(self.text.lstrip(' '))

    def origin(self, removed: int) -> LineOrigin:
        """Return where the line comes from once ``removed`` columns are off its front."""
        return LineOrigin(self.path, self.number, removed - self.shift, self.physical)

    def place(self, column: int, length: int | None = None) -> Place:
        """Return the place of ``length`` characters from the 0-based ``column`` on (None: all)."""
        origin = self.origin(0)
        start = origin.column(column)
        end = origin.column(len(self.text) if length is None else column + length)
        return Place(self.path, self.number, start, self.number, max(start, end), self.physical)


class Piece(NamedTuple):
    """A line of a literal block, and how many columns at its front are the page's."""

    line: Line
    removed: int

    @property
    def text(self) -> str:
        """What is left of the line."""
        return self.line.text[self.removed :]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that says something of the block behind it; it stands in that 0-based column."""

    text: str
    line: Line
    column: int

    @property
    def place(self) -> Place:
        """Where it says whom it speaks to."""
        return self.line.place(max(0, self.line.text.find(ADDRESSED)), len(ADDRESSED))


@dataclass(frozen=True, slots=True)
class Literal:
    """A stretch of a page that is shown as it stands.

    ``directive`` is '' for a literal block or a fence without one, ``argument`` the language (of
    ``literalinclude`` the file). ``head`` are the lines that say so, with the options; a literal
    block has none. ``comment`` is the one that stands straight before it.
    """

    directive: str
    argument: str
    pieces: tuple[Piece, ...]
    head: tuple[Line, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    comment: Comment | None = None

    def source(self, path: str) -> Source:
        """Return the text and where each of its lines comes from.

        :param path: of the page, for a literal without a line
        """
        text = '\n'.join(piece.text for piece in self.pieces)
        return Source(text, path, tuple(p.line.origin(p.removed) for p in self.pieces))

    def place_of(self, text: str) -> Place:
        """Return where ``text`` stands in the head, or the head's first line."""
        for line in self.head:
            column = line.text.find(text)
            if column >= 0:
                return line.place(column, len(text))
        first = self.head[0] if self.head else self.pieces[0].line
        return first.place(first.indent)


def lines_of(text: str, *includes: str, shift: int = 0) -> list[Line]:
    """Return the lines of a file as docutils has them (``statemachine.string2lines``).

    :param includes: the files that led to it, its own path the last
    """
    return [
        Line(
            ' ' * max(0, shift) + expanded if expanded else '',
            number,
            physical,
            includes,
            shift,
        )
        for number, physical in enumerate(physical_lines(text), 1)
        for expanded in [physical.translate(VERTICAL).expandtabs(TAB_WIDTH).rstrip()]
    ]


def physical_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends: LF, CR LF, or CR, as editors count them."""
    lines = text.replace('\r\n', '\n').replace('\r', '\n').split('\n')
    if lines and not lines[-1]:
        lines.pop()
    return lines
