r"""read_pattern(text): whether mod_sed can compile a basic regular expression.

``compile()`` and its like of modules/filters/regexp.c, tried with Apache 2.4.71: a delimiter in
"[]" ends nothing, "\(" and "\)" must pair, and "\{" wants one or two numbers up to 254.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CLASS = re.compile(r'\[\^?\]?+[^]]*\]')
TIMES = re.compile(r'\\\{([0-9]+)(?:,([0-9]*))?\\\}')
MOST = 254


class Pattern(NamedTuple):
    """How many groups a pattern has, and the index behind the delimiter that ends it."""

    groups: int
    end: int


def read_pattern(text: str, delimiter: str) -> Pattern | None:
    """Read a pattern up to its delimiter; None where it cannot be compiled, or is not ended."""
    at = groups = 0
    open_groups: list[int] = []
    while at < len(text) and text[at] != delimiter:
        sign = text[at : at + 2]
        step = 2 if sign[0] == '\\' else 1
        if sign[0] == '[':
            found = CLASS.match(text, at)
            step = len(found[0]) if found else 0
        elif sign == r'\{' and at:
            found = TIMES.match(text, at)
            step = len(found[0]) if found and _in_order(*found.groups()) else 0
        elif sign == r'\(':
            groups += 1
            open_groups.append(groups)
        elif sign == r'\)':
            if not open_groups:
                return None
            open_groups.pop()
        elif re.fullmatch(r'\\[1-9]', sign) and not _is_closed(int(sign[1]), groups, open_groups):
            step = 0
        if not step:
            return None
        at += step
    return Pattern(groups, at + 1) if at < len(text) and not open_groups else None


def _in_order(least: str, most: str | None) -> bool:
    return int(least[:9]) <= (int(most[:9]) if most else MOST) <= MOST


def _is_closed(number: int, groups: int, open_groups: list[int]) -> bool:
    return number <= groups and number not in open_groups[:9]  # they are in their order
