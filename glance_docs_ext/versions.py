"""Version: the version of a server that is deployed, and what is older and newer than it."""

from __future__ import annotations

import re
from dataclasses import dataclass

WRITTEN = re.compile(r'(?P<numbers>\d{1,5}(?:\.\d{1,5}){1,3})(?:-no(?P<without>[a-z]+))?', re.ASCII)
LONGEST = 4  # numbers of a version; 1.28 is 1.28.0.0


@dataclass(frozen=True, slots=True)
class Version:
    """A version as somebody writes it, such as ``2.4.62``.

    ``without`` is what the server was built without: ``ssl`` for the version ``2.0.30-nossl``.
    """

    text: str
    numbers: tuple[int, ...]
    without: str = ''

    @classmethod
    def read(cls, text: str) -> Version:
        """Return the version that ``text`` is.

        :raises ValueError: it has another form
        """
        found = WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f'{text!r} is no version')
        return cls(found['numbers'], _numbers(found['numbers']), found['without'] or '')

    def is_before(self, other: str) -> bool:
        """Whether this version is older than ``other``, a version of a catalogue."""
        return self.numbers < _numbers(other)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(number) for number in text.split('.')]
    return (*numbers, *(0 for _ in range(LONGEST - len(numbers))))
