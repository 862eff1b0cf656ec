"""Packaged: where a page says that its uWSGI comes from, and which plugins it speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.source import Place

NAME = 'uwsgi'
MANAGER = re.compile(r'\b(?:apt|apt-get|aptitude|dnf|microdnf|yum|zypper)[ \t]')
INSTALL = re.compile(r'\binstall(?=[ \t])')
PACKAGE = re.compile(r'[ \t](uwsgi(?:-(?:core|emperor|plugin|python)[\w-]*)?)(?![\w-])')
"""What brings the program or a plugin; uwsgi-tools, say, does not."""

INSTALLER = re.compile(r'\b(?:pip[\d.]*|pipx|pipenv|uv|poetry|pdm|conda|mamba)\b')
# These are for texts in lower case. What may not stand before a word is asked for behind it, so
# that the word itself is sought.
SERVER = re.compile(r'\buwsgi\b')
OTHERWISE = re.compile(
    r"""
    uwsgi (?:
      (?<=pyuwsgi) | config | (?<=/etc/uwsgi)/apps- | (?<=/bin/uwsgi)(?<!/usr/bin/uwsgi)\b
      | (?<!\wuwsgi)(?: _\w | [ \t]*[=~<>]= )  # of a variable; as a file of requirements has it
    )
    | autoload(?<!\wautoload)\b
    """,
    re.VERBOSE,
)
"""What tells of a uWSGI with plugins built in, or of plugins that are loaded in another way."""

PLUGINS = re.compile(r'plugins?\b(?<!uwsgi-plugin)(?<!uwsgi-plugins)(?P<names>.{0,80})')
WORD = re.compile(r'[a-z_]+')


class Packaged(NamedTuple):
    """What a page says of the origin of its uWSGI.

    ``place`` is the first command that installs the package of a distribution, None where there is
    none; ``otherwise`` whether anything tells of another way to the plugins; ``plugins`` are the
    words behind "plugin", ``plugins =`` and ``--plugin``.
    """

    place: Place | None
    otherwise: bool
    plugins: frozenset[str]

    def and_of(self, other: Packaged) -> Packaged:
        """Return what this page and another say."""
        return Packaged(
            self.place or other.place,
            self.otherwise or other.otherwise,
            self.plugins | other.plugins,
        )


def packaged_by(texts: Iterable[tuple[str, str]]) -> Packaged:
    """Return what the files of a page say of the origin of uWSGI.

    :param texts: path and text of the page and of the files that it includes
    """
    place: Place | None = None
    otherwise = False
    plugins: set[str] = set()
    for path, text in texts:
        lower = text.lower()
        if NAME not in lower:
            continue
        package = None if place else _in_turn(text, MANAGER, INSTALL, PACKAGE)
        if package:
            place = Source(text, path).place(Span(*package.span(1)))
        otherwise = otherwise or bool(OTHERWISE.search(lower) or _in_turn(lower, INSTALLER, SERVER))
        for found in PLUGINS.finditer(lower):
            plugins.update(WORD.findall(found['names']))
    return Packaged(place, otherwise, frozenset(plugins))


def _in_turn(text: str, first: re.Pattern[str], *others: re.Pattern[str]) -> re.Match[str] | None:
    """Return where the last pattern is found first that stands behind the others on one line.

    One expression for all of them would look again from every place in a long line.
    """
    found = first.search(text)
    while found:
        end = text.find('\n', found.end())
        end = end if end >= 0 else len(text)
        for pattern in others:
            found = found and pattern.search(text, found.end(), end)
        if found:
            return found
        found = first.search(text, end)
    return None
