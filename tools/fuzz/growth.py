"""Repeat pieces of texts and see what that costs: ``tox -e fuzz -- growth``.

The suite counts function calls, which are the same on every run (``tests/test_growth.py``). What a
regular expression or ``str.find`` does inside of one call is seen by the clock only: this is where
it is looked at, with bounds that a busy machine keeps.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from glance_docs_ext.pages.files import decoded
from tools.fuzz.corpus import seeds
from tools.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 20_000  # bytes of the smaller text
TIMES = 4  # the larger one
MOST = 10  # times the cost that may be; a quadratic one is 16 times
NOTICED = 1.0  # seconds; what costs less is not measured well
SEED = 20261122
ODD = ('\0', '\r', '\f', '\u2028', '\ud800', '\\\n', *'"\'%{}([', '${a}', '<a')


def slow(seconds: float) -> Iterator[tuple[str, bytes, float]]:
    """Yield target, piece and factor of what grows faster than its text, for so many seconds."""
    chance = random.Random(SEED)  # noqa: S311  # the same pieces each time
    end = time.monotonic() + seconds
    while True:
        for target in TARGETS:
            if time.monotonic() > end:
                return
            piece = some_piece(target, chance)
            first, rest = piece[:1], piece[1:] or piece
            small, large = (first + rest * (size // len(rest)) for size in (SIZE, SIZE * TIMES))
            cost = _cost(target, large)
            if cost > NOTICED and cost > MOST * (once := _cost(target, small)):
                yield target, piece, cost / once


def some_piece(target: str, chance: random.Random) -> bytes:
    """Return a line or two of what a target starts from, or a part of one, with something odd."""
    data = chance.choice(list(seeds(target)))
    lines = decoded(data[1:]).split('\n')
    at = chance.randrange(len(lines))
    text = '\n'.join(lines[at : at + chance.randrange(1, 4)])
    if chance.random() < 0.5:
        text = text[: chance.randrange(len(text) + 1)]
    if chance.random() < 0.5:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(ODD) + text[at:]
    end = chance.choice(('\n', '\n', ' ', ''))
    return data[:1] + (text + end).encode('utf-8', 'surrogatepass')


def _cost(target: str, data: bytes) -> float:
    begin = time.process_time()
    TARGETS[target](data)
    return time.process_time() - begin
