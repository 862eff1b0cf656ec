"""Addresses in numbers, as ``ngx_inet_addr()`` and ``ngx_inet6_addr()`` of ngx_inet.c read them."""

from __future__ import annotations

import re

_INET4 = re.compile(r'[0-9]*(?:\.[0-9]*){3}')
_PIECE = re.compile('[0-9a-fA-F]{0,4}')
WORDS = 8
"""Of an address of version 6, each written between colons."""


def is_inet4(text: str) -> bool:
    """Whether ``text`` is an address of version 4; a part that is missing is read as 0."""
    if not _INET4.fullmatch(text):
        return False
    return all(len(part.lstrip('0')) < 4 and int(part or 0) <= 255 for part in text.split('.'))


def is_inet6(text: str) -> bool:
    """Whether ``text``, without brackets, is an address of version 6.

    One colon before it all is passed over. ``::`` stands for one word at least, and an address of
    version 4 for the last two.
    """
    *pieces, last = text.removeprefix(':').split(':')
    gaps, words = 0, 0
    for piece in pieces:
        if not _PIECE.fullmatch(piece):
            return False
        gaps, words = gaps + (not piece), words + bool(piece)
    if '.' in last:
        if not pieces or not 0 < last.index('.') <= 4 or not is_inet4(last):
            return False
        words += 1
    elif not _PIECE.fullmatch(last) or not (last or gaps):
        return False
    words += 1  # what is missing behind a gap at the end is read as 0
    return gaps < 2 and (words < WORDS if gaps else words == WORDS)
