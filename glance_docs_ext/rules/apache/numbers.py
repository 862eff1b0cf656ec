"""Numbers as C reads them, and tests made of them: what a directive of Apache takes for a number.

Most directives use ``atoi()``, which stops at the first sign that is no digit and wraps round at
32 bits; some look at the whole word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[str], object]
    """Returns something true for a word that the engine takes."""

START = re.compile(r'[ \t\n\v\f\r]*([+-]?[0-9]+)')
WHOLE = re.compile(r'[ \t\n\v\f\r]*[+-]?[0-9]+')
# strtod() of C
FLOAT = re.compile(
    r'[ \t\n\v\f\r]*([+-]?)(?:(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)'
    r'(?:[pP][+-]?[0-9]{1,9})?)|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?))'
)
# ap_timeout_parameter_parse() of server/util.c: digits may be missing, and a unit is known by its
# first letters, which are small ones.
LASTING = re.compile(r'[ \t\n\v\f\r]*\+?([0-9]*|-0+)(|[hs].*|m[is].*)', re.DOTALL)
UNITS = {'h': 3_600_000_000, 'mi': 60_000_000, 's': 1_000_000, 'ms': 1000}
LONGEST = 30  # digits; with more, a number is out of all ranges
LEAST, MOST = -(2**63), 2**63 - 1


def atol(text: str) -> int:
    """Return the number that ``text`` starts with, 0 where it starts with none; at most 64 bits."""
    if text.isascii() and text.isdigit() and len(text) <= LONGEST:  # as most are written
        return min(MOST, int(text))
    found = START.match(text)
    if found is None:
        return 0
    sign = -1 if found[1].startswith('-') else 1
    digits = found[1].lstrip('+-').lstrip('0')
    if len(digits) > LONGEST:
        return MOST if sign > 0 else LEAST
    return max(LEAST, min(MOST, sign * int(digits or '0')))


def atoi(text: str) -> int:
    """Return what is left of `atol` in 32 bits."""
    return (atol(text) + 2**31) % 2**32 - 2**31


def atof(text: str) -> float:
    """Return the number with a fraction that ``text`` starts with, 0 where it starts with none."""
    found = FLOAT.match(text)
    if found is None:
        return 0.0
    try:
        number = float.fromhex(found[2]) if found[2] else float(found[3])
    except OverflowError:
        number = float('inf')
    return -number if found[1] == '-' else number


def lasting(text: str, unit: str = 's') -> int | None:
    """Return the microseconds of a time such as 100ms, None where it is none or too long.

    :param unit: what a bare number counts
    """
    found = LASTING.fullmatch(text)
    if found is None:
        return None
    written = found[2] or unit
    number = atol(found[1]) * UNITS[written[:2] if written.startswith('m') else written[:1]]
    return number if number <= MOST else None


def starts(low: int, high: int = 2**31 - 1) -> Test:
    """Return a test: the start of a word, as ``atoi()`` reads it, is from ``low`` to ``high``."""
    return lambda text: low <= atoi(text) <= high


def whole(low: int = LEAST, high: int = MOST) -> Test:
    """Return a test: the word is a number from ``low`` to ``high`` and nothing else."""
    return lambda text: WHOLE.fullmatch(text) is not None and low <= atol(text) <= high


def matches(pattern: str) -> Test:
    """Return a test: the whole word has this form; its case does not count."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL).fullmatch


def also(word: str, test: Test) -> Test:
    """Return a test: the word is ``word``, in either case, or passes ``test``."""
    return lambda text: text.lower() == word or test(text)


def zero_or(test: Test, number: Callable[[str], int] = atoi) -> Test:
    """Return a test: the word starts as 0 does, or passes ``test``."""
    return lambda text: number(text) == 0 or test(text)


def power_of_two(text: str) -> bool:
    """Whether the start of a word is 0 or a power of 2."""
    number = atoi(text)
    return number >= 0 and number & (number - 1) == 0
