"""Source, Span, Place: text, a stretch of it, and where that stands in a file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 4096  # characters whose lines are sooner counted than listed, for a few findings
TAB_WIDTH = 8  # docutils' default ``tab_width``: what a page's tabs were expanded with


class Span(NamedTuple):
    """A stretch of a text: 0-based character offsets, ``end`` not included."""

    start: int
    end: int


class Place(NamedTuple):
    """A stretch of a file as people are told it; they are in the order of a report.

    Lines and columns are 1-based and columns count characters; ``end_column`` is the column
    behind the last character. ``excerpt`` is the whole first line as it stands in the file.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    excerpt: str = ''

    def __str__(self) -> str:
        return f'{self.path}:{self.line}:{self.column}'


class LineOrigin(NamedTuple):
    """Where one line of a block comes from.

    ``line`` is the 1-based line of ``path``; ``indent`` the number of columns that were taken off
    its front, tabs counted as docutils expands them; ``physical`` the line as the file has it.
    """

    path: str
    line: int
    indent: int
    physical: str

    def column(self, offset: int) -> int:
        """Return the 1-based column in the file of the 0-based ``offset`` in the block's line."""
        wanted = self.indent + offset
        head = self.physical[: self.physical.rfind('\t') + 1]
        width = len(head.expandtabs(TAB_WIDTH))
        if not head or wanted >= width:  # behind the last tab a character is a column
            return len(head) + 1 + wanted - width
        width = 0
        for index, character in enumerate(head):
            width += TAB_WIDTH - width % TAB_WIDTH if character == '\t' else 1
            if width > wanted:
                return index + 1
        return len(head) + 1


_made = tuple.__new__  # half the time of a call of the class


@dataclass(unsafe_hash=True)  # frozen, each would take a microsecond to make
class Source:
    """The text of one block or file, and where each of its lines stands; nothing changes it.

    ``origins`` has one item for each line of ``text`` (a line ends at a line feed, nowhere else);
    without them the text is the file ``path`` itself, from its first line on.
    """

    text: str
    path: str
    origins: Sequence[LineOrigin] = ()
    name: str = ''
    """What its page calls the text: ``:caption:``, which often names the file that it is."""
    _lines: dict[int, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    # The lines that findings stand in: a line of a megabyte with many of them is copied once.

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line starts; what is short, or has no findings, does without."""
        lengths = (len(line) + 1 for line in self.text.split('\n'))
        return list(accumulate(lengths, initial=0))[:-1]

    def place(self, span: Span) -> Place:
        """Return the place of ``span`` in the author's file."""
        start, end = span
        number, begin = self._line_at(start)
        path, line, excerpt = self._written(number, begin)
        column = self._column(number, start - begin)
        if end <= start:
            return _made(Place, (path, line, column, line, column, excerpt))
        last = end - 1
        end_line = line
        if self.text.find('\n', start, last) >= 0:
            number, begin = self._line_at(last)
            end_line = self._written(number, begin)[1]
        end_column = self._column(number, last - begin)
        if self.text[last:end] != '\n':  # which has no column of its own
            end_column += 1
        return _made(Place, (path, line, column, end_line, end_column, excerpt))

    def line_number(self, offset: int) -> int:
        """Return the 1-based line of this text (not of the file) that holds ``offset``."""
        return self._line_at(offset)[0]

    def line_span(self, number: int) -> Span:
        """Return the span of this text's 1-based line ``number``, without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return Span(start, end)

    def _line_at(self, offset: int) -> tuple[int, int]:
        """Return the 1-based number of the line that holds ``offset``, and where it starts."""
        text = self.text
        if len(text) <= SHORT:
            return text.count('\n', 0, offset) + 1, text.rfind('\n', 0, offset) + 1
        number = bisect_right(self._starts, offset)
        return number, self._starts[number - 1]

    def _written(self, number: int, start: int) -> tuple[str, int, str]:
        """Return file, line and text of this text's line ``number``, which starts at ``start``."""
        if number <= len(self.origins):
            origin = self.origins[number - 1]
            return origin.path, origin.line, origin.physical
        if number not in self._lines:
            end = self.text.find('\n', start)
            self._lines[number] = self.text[start : end if end >= 0 else None].rstrip('\r')
        return self.path, number, self._lines[number]

    def _column(self, number: int, offset: int) -> int:
        """Return the 1-based column in the file of the 0-based ``offset`` in line ``number``."""
        if number <= len(self.origins):
            return self.origins[number - 1].column(offset)
        return offset + 1
