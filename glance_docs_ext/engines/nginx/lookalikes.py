"""Characters that look like what separates nginx's words, and belong to a word."""

from __future__ import annotations

BLANKS = '\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff'
SIGNS = {'\uff1b': ';', '\uff5b': '{', '\uff5d': '}'}
QUOTES = '\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\uff07'

ANYWHERE = f'{BLANKS}{"".join(SIGNS)}'
"""What no word has on purpose, as a class of a regular expression."""
AT_THE_START = QUOTES
"""What only the start of a word tells to be meant for a quote."""


def describe(sign: str) -> str:
    """Return words for one of the characters."""
    is_seen = sign in SIGNS or sign in QUOTES
    return repr(sign) if is_seen else f'a blank that is none (U+{ord(sign):04X})'


def instead_of(sign: str) -> str:
    """Return what is meant instead of one of the characters."""
    if sign in SIGNS:
        return f'"{SIGNS[sign]}"'
    return 'a straight quote' if sign in QUOTES else 'a blank of the keyboard'
