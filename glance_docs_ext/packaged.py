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
SERVER = re.compile(r'\buwsgi\b', re.IGNORECASE)
OTHERWISE = re.compile(
    r'pyuwsgi|'
    r'\buwsgi[ \t]*[=~<>]=|'  # as a file of requirements has it
    r'uwsgiconfig|/etc/uwsgi/apps-|\buwsgi_\w|\bautoload\b|'
    r'(?<!/usr)/bin/uwsgi\b',
    re.IGNORECASE,
)
"""What tells of a uWSGI with plugins built in, or of plugins that are loaded in another way."""

PLUGINS = re.compile(r'(?<!uwsgi-)plugins?\b(?P<names>.{0,80})', re.IGNORECASE)
WORD = re.compile(r'[a-z_]+', re.IGNORECASE)


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
        if NAME not in text.lower():
            continue
        start = 0
        for line in text.splitlines(keepends=True):
            package = None if place else _in_turn(line, MANAGER, INSTALL, PACKAGE)
            if package:
                place = Source(text, path).place(
                    Span(start + package.start(1), start + package.end(1))
                )
            otherwise = otherwise or bool(
                OTHERWISE.search(line) or _in_turn(line, INSTALLER, SERVER)
            )
            for found in PLUGINS.finditer(line):
                plugins.update(word.lower() for word in WORD.findall(found['names']))
            start += len(line)
    return Packaged(place, otherwise, frozenset(plugins))


def _in_turn(line: str, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    """Return where the last pattern is found, each being looked for behind the one before.

    One expression for all of them would look again from every place in a long line.
    """
    found: re.Match[str] | None = None
    for pattern in patterns:
        found = pattern.search(line, found.end() if found else 0)
        if found is None:
            return None
    return found
