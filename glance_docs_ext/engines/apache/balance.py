"""Which closing tag belongs to which section, where they do not match."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property

TAG = re.compile(r'^[ \t]*<(/?)([^\s<>/]+)', re.MULTILINE)


class Balance:
    """Counts the tags still to come, to tell a stray closing tag from a mistyped one."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _tags(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        opening: dict[str, list[int]] = defaultdict(list)
        closing: dict[str, list[int]] = defaultdict(list)
        for found in TAG.finditer(self._text):
            (closing if found[1] else opening)[found[2].lower()].append(found.start(2))
        return opening, closing

    def is_closed_after(self, name: str, offset: int) -> bool:
        """Whether behind ``offset`` sections called ``name`` are closed more often than opened."""
        opening, closing = (_after(tags.get(name, []), offset) for tags in self._tags)
        return closing > opening


def _after(offsets: list[int], offset: int) -> int:
    return len(offsets) - bisect_left(offsets, offset)
