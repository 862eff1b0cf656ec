"""Names: the names that another one may be a misspelling of."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLOSE = 0.75  # of two names' letters that are the same, in the same order
SUGGESTED = 20  # names of a text that suggestions are looked for; more are no misspellings
LONGEST_NAME = 80  # characters; what is longer is no misspelt name, slow to compare and to keep


class Names:
    """Names to compare with: by their length, each with its letters.

    A letter of one name that the other has not is no letter of both. Most names are too far away by
    that alone, and are never compared letter by letter.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for name in names:
            self._by_length.setdefault(len(name), []).append((name, _letters(name)))

    def near(self, wanted: str) -> Iterator[str]:
        """Yield the names that share letters enough with ``wanted`` to be worth comparing."""
        letters, length = _letters(wanted), len(wanted)
        for other, candidates in self._by_length.items():
            least = CLOSE * (length + other) / 2
            if least <= min(length, other):
                for name, others in candidates:
                    if (
                        length - (letters & ~others).bit_count() >= least
                        and other - (others & ~letters).bit_count() >= least
                    ):
                        yield name


def closest(wanted: str, *groups: Names, number: int = 1) -> tuple[str, ...]:
    """Return the names in ``groups`` that ``wanted`` may be a misspelling of, the closest first.

    Costs a tenth of a millisecond: who has many names asks for the first `SUGGESTED` only.

    :param number: how many names to return at the most
    """
    if len(wanted) > LONGEST_NAME:
        return ()
    near = chain.from_iterable(group.near(wanted) for group in groups)
    return tuple(get_close_matches(wanted, list(near), n=number, cutoff=CLOSE))


def _letters(name: str) -> int:
    """Return the set of the characters of a name as bits; two may share one."""
    bits = 0
    for character in name:
        bits |= 1 << (ord(character) & 63)
    return bits
