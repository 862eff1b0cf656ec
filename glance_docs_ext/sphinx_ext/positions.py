"""Positions: where the lines of a block, or a piece of text, stand in the author's file.

docutils takes tabs and indentation off, cuts included files and moves blocks into lists, tables and
tabs; its line numbers are those of a directive, of a part of a file, or of nothing. So a block is
looked for in the file itself: the first place behind the line that docutils names where the file
has the same lines.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import TAB_WIDTH, LineOrigin, Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CELLS_BEFORE = 100  # lines; how far docutils may be wrong about the line of a block in a table
CELLS_BEHIND = 1000
REPEATS = 200  # how many equal copies of a block in front of the line are looked at
DOCSTRING = ':docstring of '  # autodoc's mark between the name of a file and that of an object


class Excerpt(NamedTuple):
    """A part of a file that a page includes: its first line (0-based), and the line behind it."""

    first: int
    end: int


class Match(NamedTuple):
    """Where a block was found: its first line (0-based), and the column it begins at.

    The column is None where the block has its lines for itself: each has its own indentation.
    """

    first: int
    column: int | None = None


@dataclass(frozen=True)
class File:
    """A text file as its author sees it."""

    path: str
    text: str

    @classmethod
    def read(cls, path: str, encoding: str) -> File | None:
        """Return the file, or None where there is none that can be read."""
        try:
            data = Path(path).read_bytes()
            return cls(path, data.decode(encoding))
        except UnicodeDecodeError:
            # Sphinx before 9 puts a question mark for what is no text; later it refuses the page.
            return cls(path, data.decode(encoding, 'replace').replace('\ufffd', '?'))
        except (OSError, ValueError, LookupError):
            return None

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends (LF, CR LF or CR), a byte order mark and NULs."""
        text = self.text.removeprefix('\ufeff').replace('\0', '').replace('\r\n', '\n')
        return text.replace('\r', '\n').split('\n')

    @cached_property
    def expanded(self) -> list[str]:
        """The lines as docutils has them: tabs made spaces, nothing blank at the end."""
        return [line.expandtabs(TAB_WIDTH).rstrip() for line in self.lines]

    @cached_property
    def bare(self) -> _Haystack:
        """The lines without what is blank around them."""
        return _Haystack.of(line.strip() for line in self.expanded)

    @cached_property
    def bare_with_tabs(self) -> _Haystack:
        """The same, with the tabs inside the lines."""
        return _Haystack.of(line.strip() for line in self.lines)

    def excerpt(self, text: str) -> Excerpt:
        """Return which of the lines are ``text``, the part that an ``include`` has cut out.

        Where the file says the same twice, the end of the file is meant: most parts go on to there.
        """
        lines = text.split('\n')
        part = '\n'.join(line.rstrip() for line in lines).rstrip()
        whole = '\n'.join(self.expanded).rstrip()
        offset = len(whole) - len(part) if whole.endswith(part) else whole.find(part)
        first = whole.count('\n', 0, max(0, offset))
        return Excerpt(first, first + len(lines))


class Positions:
    """Finds places in the files that one page is made of.

    :param encoding: the encoding of the pages
    :param included: for each included file, by its real path, the parts that the page shows
    """

    def __init__(self, encoding: str, included: Mapping[str, Sequence[Excerpt]]) -> None:
        self._encoding = encoding
        self._included = included
        self._files: dict[str, File | None] = {}
        self._resolved: dict[str, str] = {}

    def block(self, text: str, path: str, line: int) -> Source:
        """Return ``text`` as a source that knows where each of its lines stands in ``path``.

        :param line: the 1-based line at or above the first line of ``text``, as docutils has it
        """
        rows = text.split('\n')
        path, _, docstring = self._real(path).partition(DOCSTRING)
        file = self._file(path)
        match = self._match(file, rows, line, unique=bool(docstring)) if file else None
        if file is None or match is None:
            lost = f'{path}{DOCSTRING}{docstring}' if docstring else path
            return Source(text, path, tuple(LineOrigin(lost, line, 0, row) for row in rows))
        return Source(text, path, tuple(_origins(file, rows, match)))

    def lines(self, text: str, path: str, page: str, line: int) -> Source:
        """Return ``text``, lines of the file ``path``, as a source.

        ``literalinclude`` may leave lines out and add some of its own: these count as ``line``
        of ``page``.
        """
        path, page = self._real(path), self._real(page)
        rows = text.split('\n')
        file = self._file(path)
        if file is None:
            return Source(text, page, tuple(LineOrigin(page, line, 0, row) for row in rows))
        match = _match(file, rows, 0)
        origins = _origins(file, rows, match) if match else _picked(file, rows, page, line)
        return Source(text, path, tuple(origins))

    def inline(self, text: str, path: str, line: int) -> Place:
        """Return the place of ``text``, which stands in a line at or behind ``line`` (1-based).

        In a table docutils' line may be one behind it.
        """
        path = self._real(path)
        file = self._file(path)
        wanted = text.partition('\n')[0]
        for excerpt in self._excerpts(file) if file else ():
            expected = excerpt.first + line - 1
            behind = range(expected, excerpt.end)
            before = range(expected - 1, max(excerpt.first, expected - CELLS_BEFORE) - 1, -1)
            for number in (*behind, *before):
                physical = file.lines[number] if file and number < len(file.lines) else ''
                if wanted in physical:
                    start = physical.index(wanted) + 1
                    end = start + len(wanted)
                    return Place(path, number + 1, start, number + 1, end, physical)
        return Place(path, line, 1, line, 1)

    def role(self, markup: str, path: str, line: int) -> Place:
        """Return the place of a role, whose ``markup`` is that of reST on pages of MyST, too."""
        place = self.inline(markup, path, line)
        if place.excerpt:
            return place
        name, backquote, text = markup.strip(':').partition('`')
        return self.inline(f'{{{name.rstrip(":")}}}{backquote}{text}', path, line)

    def text(self, path: str) -> str:
        """Return the text of a file of the page, '' where there is none."""
        file = self._file(self._real(path))
        return file.text if file else ''

    def _real(self, path: str) -> str:
        """Return the path without links; each block of a page asks for the same few."""
        if path not in self._resolved:
            self._resolved[path] = str(Path(path).resolve())
        return self._resolved[path]

    def _file(self, path: str) -> File | None:
        if path not in self._files:
            self._files[path] = File.read(path, self._encoding)
        return self._files[path]

    def _excerpts(self, file: File) -> Sequence[Excerpt]:
        return self._included.get(file.path) or [Excerpt(0, len(file.lines))]

    def _match(self, file: File, rows: list[str], line: int, *, unique: bool) -> Match | None:
        """Return where ``rows`` stand, ``line`` being counted in a part of the file."""
        if unique:  # the line is counted from somewhere else: only one place can be meant
            match = _match(file, rows, 0)
            return match if match and _match(file, rows, match.first + 1) == match else None
        found: list[tuple[bool, int, Match]] = []
        for excerpt in self._excerpts(file):
            expected = excerpt.first + line - 1
            match = _match(file, rows, expected)
            if match is not None:
                outside = not excerpt.first <= match.first < excerpt.end
                found.append((outside, abs(match.first - expected), match))
        return min(found, key=lambda one: one[:2])[2] if found else None


class _Haystack(NamedTuple):
    """Lines in which a run of lines is found in linear time."""

    text: str
    starts: list[int]

    @classmethod
    def of(cls, lines: Iterable[str]) -> _Haystack:
        kept = list(lines)
        starts = list(accumulate((len(line) + 1 for line in kept), initial=1))[:-1]
        return cls('\n' + '\n'.join(kept) + '\n', starts)

    def find(self, run: Sequence[str], line: int) -> int | None:
        """Return the line (0-based) where ``run`` begins: the next at or behind ``line``.

        Where there is none behind it, the nearest in front.
        """
        wanted = '\n' + '\n'.join(run) + '\n'
        line = max(0, line)
        offset = self.text.find(wanted, self.starts[line] - 1) if line < len(self.starts) else -1
        if offset >= 0:
            return self._line(offset)
        before = -1
        for _ in range(REPEATS):
            offset = self.text.find(wanted, before + 1)
            if offset < 0:
                break
            before = offset
        return self._line(before) if before >= 0 else None

    def _line(self, offset: int) -> int:
        return bisect_left(self.starts, offset + 1)


def _match(file: File, rows: list[str], expected: int) -> Match | None:
    """Return where ``file`` has ``rows``: at or behind the line ``expected`` if it can be."""
    filled = [index for index, row in enumerate(rows) if row.strip()]
    if not filled:
        return None
    blank = filled[0]
    run = rows[blank : filled[-1] + 1]
    haystack = file.bare_with_tabs if any('\t' in row for row in run) else file.bare
    first = haystack.find([row.strip() for row in run], expected + blank)
    if first is not None:
        return Match(first - blank)
    match = _match_cell(file, run, expected)
    return match and Match(match.first - blank, match.column)


def _match_cell(file: File, run: list[str], expected: int) -> Match | None:
    """Return where ``run`` stands one line under the other, with other text around it.

    That is so in the cells of a table, and behind the ``>`` of a Markdown quotation.
    """
    last = len(file.lines) - len(run)
    behind = range(max(0, expected), min(expected + CELLS_BEHIND, last + 1))
    before = range(min(expected - 1, last), max(-1, expected - CELLS_BEFORE), -1)
    for first in (*behind, *before):
        column = _cell_column(file.expanded[first : first + len(run)], run)
        if column is not None:
            return Match(first, column)
    return None


def _cell_column(lines: list[str], run: list[str]) -> int | None:
    """Return the column at which each of ``lines`` has its row of ``run``."""
    wanted = run[0].strip()
    found = lines[0].find(wanted)
    while found >= 0:
        column = found - _indent(run[0])
        if column >= 0 and all(
            not row.strip() or line.startswith(row.rstrip(), column)
            for row, line in zip(run, lines, strict=True)
        ):
            return column
        found = lines[0].find(wanted, found + 1)
    return None


def _origins(file: File, rows: list[str], match: Match) -> Iterator[LineOrigin]:
    for number, row in enumerate(rows, match.first):
        # A blank row at the end may be one that the file does not have.
        yield _origin(file, min(max(0, number), len(file.lines) - 1), row, match.column)


def _picked(file: File, rows: list[str], page: str, line: int) -> Iterator[LineOrigin]:
    """Yield where each of ``rows`` comes from: lines of ``file``, in its order, or the page."""
    numbers: dict[str, list[int]] = {}
    for number, physical in enumerate(file.lines):
        numbers.setdefault(physical.strip(), []).append(number)
    behind = 0
    for row in rows:
        same = numbers.get(row.strip(), [])
        index = bisect_left(same, behind)
        if index < len(same):
            behind = same[index] + 1
            yield _origin(file, same[index], row, None)
        else:
            yield LineOrigin(page, line, 0, row)


def _origin(file: File, number: int, row: str, column: int | None) -> LineOrigin:
    physical = file.lines[number]
    if not row.strip():
        return LineOrigin(file.path, number + 1, 0, physical)
    if '\t' in row:
        # The row has the file's own tabs, each one character; so has the line it is counted in.
        indent = physical.find(row.strip()) - _indent(row)
        return LineOrigin(file.path, number + 1, max(0, indent), physical.replace('\t', ' '))
    if column is None:
        column = _indent(file.expanded[number]) - _indent(row)
    return LineOrigin(file.path, number + 1, max(0, column), physical)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
