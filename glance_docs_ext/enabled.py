"""Enabled: the modules of Apache that a page tells its readers to switch on with ``a2enmod``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.source import Place

COMMAND = 'a2enmod'
LINE = re.compile(rf'\b{COMMAND}(?P<words>(?:[ \t]+[\w*?-]+)+)', re.ASCII)
WORD = re.compile(r'\w+', re.ASCII)


class Enabled(NamedTuple):
    """What a page says of modules.

    ``named`` are the words behind ``a2enmod``, which may be patterns (``proxy*``); ``words`` all
    words of the page: a module that is spoken of need not be in a command. ``place`` is the first
    command.
    """

    named: frozenset[str]
    words: frozenset[str]
    place: Place

    def and_of(self, other: Enabled | None) -> Enabled:
        """Return what this page and another say."""
        if other is None:
            return self
        return Enabled(self.named | other.named, self.words | other.words, self.place)


def enabled_by(texts: Iterable[tuple[str, str]]) -> Enabled | None:
    """Return what the files of a page say of modules; None where no ``a2enmod`` is in them.

    :param texts: path and text of the page and of the files that it includes
    """
    files = [(path, text) for path, text in texts if text]
    commands = [
        (path, text, found)
        for path, text in files
        if COMMAND in text
        for found in LINE.finditer(text)
    ]
    if not commands:
        return None
    path, text, first = commands[0]
    words = (word for _, _, found in commands for word in found['words'].split())
    return Enabled(
        frozenset(word.lower() for word in words if not word.startswith('-')),
        frozenset(word.lower() for _, text in files for word in WORD.findall(text)),
        Source(text, path).place(Span(*first.span())),
    )
