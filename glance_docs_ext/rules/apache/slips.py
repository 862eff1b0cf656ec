"""is_slip(name, known): whether a name can only be meant as another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4  # letters of a name: of two shorter ones, each may be meant


def is_slip(name: str, known: Iterable[str]) -> bool:
    """Whether ``name`` is one of ``known`` with a letter missing, doubled, exchanged or swapped.

    What has one more at its end is none: "ldap2" and "files" are names that people choose.
    """
    return any(_differs_by_a_slip(name, word) for word in known if len(word) >= SHORTEST)


def _differs_by_a_slip(name: str, word: str) -> bool:
    if not name.isalpha() or name == word or abs(len(name) - len(word)) > 1:
        return False
    alike = next(
        (n for n, pair in enumerate(zip(name, word, strict=False)) if len(set(pair)) > 1), None
    )
    if alike is None:  # one begins with the other
        return len(name) < len(word) or name[-1] == name[-2]
    given, meant = name[alike:], word[alike:]
    if len(name) < len(word):
        return given == meant[1:]
    if len(name) > len(word):
        return given[1:] == meant and name[alike] == name[alike - 1 : alike]
    return given[1:] == meant[1:] or (given[:2] == meant[1::-1] and given[2:] == meant[2:])
