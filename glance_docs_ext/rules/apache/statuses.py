"""The statuses of HTTP that Apache knows: each number from 100 to 599 was tried with 2.4.71."""

from __future__ import annotations

STATUSES = frozenset(
    (
        *range(100, 104),
        *(*range(200, 209), 226),
        *(*range(300, 306), 307, 308),
        *(*range(400, 418), *range(421, 425), 426, 428, 429, 431, 451),
        *(*range(500, 509), 510, 511),
    )
)
