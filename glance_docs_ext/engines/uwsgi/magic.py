"""The ``%`` pass: what uWSGI deletes and replaces in the raw text before it looks at lines.

``magic_sub()`` in core/utils.c goes over the whole file, comments included. ``%`` and the byte
behind it are replaced by what the table has for that byte, and for most bytes it has nothing: both
are deleted, also when that byte is the line feed. ``%%`` is a percent sign, ``%(`` stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from glance_docs_ext.source import Span

HOST = frozenset('obpjisdcenxODSPCENXIJvhtTVkuUgG0123456789')
"""What stands for something of the host or the file: ``%d`` its folder, ``%k`` the processors
(``config_magic_table_fill()`` and ``main()`` in core/uwsgi.c). Its value cannot be told here, so it
stays as written."""

FIXED = {'%': '%', '[': '\033'}

PAIR = re.compile(rf'%([^({"".join(sorted(HOST))}]|\Z)')
"""A pair that is replaced or deleted; all others stay as they are, and none of them holds two signs
of percent."""


class Deleted(NamedTuple):
    """A ``%`` that the engine deletes, with the character behind it."""

    span: Span
    character: str
    """'' where the ``%`` is the last character of all."""


class Replaced(NamedTuple):
    """A text after the ``%`` pass, and where its characters stood before."""

    text: str
    deleted: tuple[Deleted, ...] = ()
    starts: tuple[int, ...] = (0,)
    """Where each run of characters starts in ``text``, …"""
    origins: tuple[int, ...] = (0,)
    """… where that stood in the original, …"""
    widths: tuple[int, ...] = (0,)
    """… and how many original characters it replaces; 0 for a run that was copied."""

    @property
    def is_shifted(self) -> bool:
        """Whether characters stand elsewhere in the original."""
        return len(self.starts) > 1

    def span(self, start: int, end: int) -> Span:
        """Return the original span of ``text[start:end]``."""
        if not self.is_shifted:
            return Span(start, end)
        run = bisect_right(self.starts, start) - 1
        if not self.widths[run] and (run + 1 == len(self.starts) or end <= self.starts[run + 1]):
            shift = self.origins[run] - self.starts[run]
            return Span(start + shift, end + shift)
        first = self._origin(start)
        return Span(first, max(first, self._origin(end - 1, behind=True)) if end > start else first)

    def _origin(self, offset: int, *, behind: bool = False) -> int:
        run = bisect_right(self.starts, offset) - 1
        if self.widths[run]:
            return self.origins[run] + (self.widths[run] if behind else 0)
        return self.origins[run] + offset - self.starts[run] + behind


def replace_magic(text: str) -> Replaced:
    """Return ``text`` as it is after ``magic_sub()``, host-specific pairs left as written."""
    if '%' not in text:
        return Replaced(text)
    pieces: list[str] = []
    deleted: list[Deleted] = []
    starts, origins, widths = [0], [0], [0]
    length = copied = 0
    for pair in PAIR.finditer(text):
        character = pair[1]
        run = text[copied : pair.start()]
        value = _value(character)
        pieces += (run, value)
        length += len(run)
        if value:
            starts.append(length)
            origins.append(pair.start())
            widths.append(2)
        if character not in FIXED:
            deleted.append(Deleted(Span(*pair.span()), character))
        length += len(value)
        copied = pair.end()
        starts.append(length)
        origins.append(copied)
        widths.append(0)
    pieces.append(text[copied:])
    return Replaced(''.join(pieces), tuple(deleted), tuple(starts), tuple(origins), tuple(widths))


def _value(character: str) -> str:
    """Return what stands for ``%`` and this character: the table knows bytes, not characters."""
    if character in FIXED:
        return FIXED[character]
    left_over = character.encode('utf-8', 'surrogatepass')[1:]
    return left_over.decode('utf-8', 'surrogateescape')
