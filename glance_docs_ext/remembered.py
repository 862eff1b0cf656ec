"""remembered(): what was found out about a word, for the next who asks; long words are let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 1000  # characters of a word that is remembered
Said = TypeVar('Said')


def remembered(most: int) -> Callable[[Callable[[str], Said]], Callable[[str], Said]]:
    """Return a decorator that remembers what a function says of up to ``most`` short words.

    Words come out of texts that anybody wrote: a number of them is no bound for what is kept of
    them, so words of more than `LONGEST` characters are asked about anew each time.
    """

    def decorate(function: Callable[[str], Said]) -> Callable[[str], Said]:
        return Remembered(function, most).__getitem__  # C alone, where the word is there

    return decorate


class Remembered(dict[str, Said]):
    """What a function said, by word; emptied, it asks again."""

    def __init__(self, function: Callable[[str], Said], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> Said:
        said = self._function(word)
        if len(word) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = said
        return said
