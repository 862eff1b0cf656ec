"""Lists: which options a ``blacklist`` or ``whitelist`` of the text forbids, line by line.

``add_exported_option_do()`` in core/config.c looks at the lists before anything else, so also where
an ``if`` does not hold or a ``for`` never runs; the name of the list itself is looked at, too.
"""

from __future__ import annotations

import re

LISTS = frozenset({'blacklist', 'whitelist'})
ENDS = {f'end-{name}': name for name in LISTS}
NAMES = LISTS | frozenset(ENDS)
UNSEEN = re.compile('%[a-zA-Z0-9]')  # what stands for something of the host
PATHS = re.compile('%[dp]')


class Lists:
    """The lists that are open at a place of the text."""

    def __init__(self) -> None:
        """Start without any."""
        self._open: dict[str, list[str]] = {}
        self._known = True

    def forbidding(self, option: str) -> str:
        """Return the list that forbids to set an option here, or ''."""
        if not self._open or not self._known:
            return ''
        option = option.lower()
        if option in self._open.get('blacklist', ()):
            return 'blacklist'
        allowed = self._open.get('whitelist', (option,))
        return '' if any(_may_be(word, option) for word in allowed) else 'whitelist'

    def apply(self, name: str, value: str, *, certain: bool) -> None:
        """Take a line into account that opens or ends a list, if it does.

        :param certain: whether it is applied on every host; otherwise nothing can be told any more
        """
        if name not in NAMES:
            return
        self._known = self._known and certain
        if name in LISTS:
            self._open[name] = value.lower().split(' ')
        else:
            self._open.pop(ENDS[name], None)


def _may_be(word: str, option: str) -> bool:
    """Whether a word of a list is an option, whatever the host puts for its ``%d``."""
    known = UNSEEN.split(word)
    if len(known) == 1:
        return word == option
    if PATHS.search(word):  # no option has a slash in its name
        return False
    return option.startswith(known[0]) and option.endswith(known[-1])
