"""read_integer(): the number that uWSGI takes a text for."""

from __future__ import annotations

import re

INTEGER = re.compile(r'[ \t\n\v\f\r]*([+-]?[0-9]+)')


def read_integer(text: str, bits: int = 32) -> int:
    """Return what ``atoi()`` (32 bits) or ``strtoul()`` (64, unsigned) makes of a text."""
    match = INTEGER.match(text)
    if match is None:
        return 0
    digits = match[1].lstrip('+-').lstrip('0')
    number = int(digits or '0') if len(digits) < 20 else 2**64
    number = -number if match[1].startswith('-') else number
    if bits == 32:
        number = max(-(2**63), min(number, 2**63 - 1)) % 2**32
        return number - 2**32 if number >= 2**31 else number
    return 2**64 - 1 if abs(number) >= 2**64 else number % 2**64
