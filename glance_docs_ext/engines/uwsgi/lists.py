"""Lists: which options a ``blacklist`` or ``whitelist`` of the text forbids, line by line.

``add_exported_option_do()`` in core/config.c looks at the lists before anything else, so also where
an ``if`` does not hold or a ``for`` never runs; the name of the list itself is looked at, too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LISTS = frozenset({'blacklist', 'whitelist'})
ENDS = {f'end-{name}': name for name in LISTS}
NAMES = LISTS | frozenset(ENDS)
UNSEEN = re.compile('%[a-zA-Z0-9]')  # what stands for something of the host
PATHS = re.compile('%[dp]')
MOST = 64  # different words with something of the host that are looked at


class Words(NamedTuple):
    """The words of a list, and what those begin and end with that hold something of the host."""

    written: frozenset[str]
    unseen: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, value: str) -> Words:
        """Return the words of a list's value."""
        written = frozenset(value.lower().split(' '))
        unseen = set()
        for word in written:
            known = UNSEEN.split(word)
            if len(known) > 1 and not PATHS.search(word):  # no option has a slash in its name
                unseen.add((known[0], known[-1]))
        return cls(written, tuple(unseen))

    def may_be(self, option: str) -> bool:
        """Whether one of them is an option, whatever the host puts for its ``%n``."""
        return (
            option in self.written
            or len(self.unseen) > MOST
            or any(
                option.startswith(first) and option.endswith(last) for first, last in self.unseen
            )
        )


class Lists:
    """The lists that are open at a place of the text."""

    def __init__(self) -> None:
        """Start without any."""
        self._open: dict[str, Words] = {}
        self._known = True

    def forbidding(self, option: str) -> str:
        """Return the list that forbids to set an option here, or ''."""
        if not self._open or not self._known:
            return ''
        option = option.lower()
        blacklist, whitelist = self._open.get('blacklist'), self._open.get('whitelist')
        if blacklist and option in blacklist.written:
            return 'blacklist'
        return '' if whitelist is None or whitelist.may_be(option) else 'whitelist'

    def apply(self, name: str, value: str, *, certain: bool) -> None:
        """Take a line into account that opens or ends a list, if it does.

        :param certain: whether it is applied on every host; otherwise nothing can be told any more
        """
        if name not in NAMES:
            return
        self._known = self._known and certain
        if name in LISTS:
            self._open[name] = Words.read(value)
        else:
            self._open.pop(ENDS[name], None)
