"""Note: what a page says came, changed or went with a version, and which names went with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.source import Place


class Change(StrEnum):
    """The kind of a note: the part of the directive's name behind ``version``."""

    ADDED = 'added'
    CHANGED = 'changed'
    DEPRECATED = 'deprecated'
    REMOVED = 'removed'


_NAME = r'``[^`\n]+``'
_NAMES = rf'(?P<names>{_NAME}(?:(?:, and |, or |, | and | or ){_NAME})*)'
_AUXILIARY = r'(?:has been|have been|was|were|is|are)(?: now| finally)?'
# "The ``x`` script has been removed", "Support for ``x`` and ``y`` was dropped": between the names
# and the verb stands no other name, and no preposition that would make the names an attribute.
_PASSIVE = (
    rf'^(?:(?:The|Support for|Support for the|The deprecated|The old) )?{_NAMES}'
    rf'(?P<noun>(?: (?!of\b|in\b|from\b|to\b|for\b|with\b|by\b)[\w-]+){{0,4}}) {_AUXILIARY} '
)
_ACTIVE = rf'(?: support for)?(?: the)?(?: deprecated)? {_NAMES}(?P<noun>(?: [\w-]+){{0,3}})?$'
_GONE = r'(?:removed|dropped|deleted)\b'
_OLD = r'deprecated\b'
REMOVED = tuple(
    map(re.compile, (_PASSIVE + _GONE, rf'^(?:Removed|Dropped|Deleted|Removes){_ACTIVE}'))
)
DEPRECATED = tuple(map(re.compile, (_PASSIVE + _OLD, rf'^(?:Deprecated|Deprecates){_ACTIVE}')))
# The body of ``versionremoved`` may just name the thing: "The ``x`` script."
_SUBJECT = re.compile(rf'^(?:The )?{_NAMES}(?:(?: (?!of\b|in\b|from\b)[\w-]+){{0,4}})$')
_SENTENCE_END = re.compile(r'[.;](?=\s|$)')


@dataclass(frozen=True, slots=True)
class Timeline:
    """A ``version-timeline``: the pages that it collects, as they are named, and where it stands.

    Without ``pages`` it is for its own page, with None for the whole project.
    """

    pages: tuple[str, ...] | None
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """One version note of a page.

    ``text`` is its body as reST: literals stand in double backquotes, lines are joined. ``label``
    is what stands in parentheses behind the version, with nothing behind it; ``above`` the place of
    the note straight above this one, if there is one.
    """

    change: Change
    version: str
    text: str
    place: Place
    label: str = field(default='', compare=False)
    above: Place | None = field(default=None, compare=False)

    def removed_names(self) -> Iterator[str]:
        """Yield the names that the note says, in so many words, are gone."""
        return self._names(REMOVED, Change.REMOVED)

    def deprecated_names(self) -> Iterator[str]:
        """Yield the names that the note says, in so many words, are deprecated."""
        return self._names(DEPRECATED, Change.DEPRECATED)

    def _names(self, patterns: tuple[re.Pattern[str], ...], change: Change) -> Iterator[str]:
        if self.change is change:
            patterns = (*patterns, _SUBJECT)
        for sentence in _SENTENCE_END.split(' '.join(self.text.split())):
            for pattern in patterns:
                if match := pattern.match(sentence.strip()):
                    yield from re.findall(r'``([^`]+)``', match['names'])
                    break
