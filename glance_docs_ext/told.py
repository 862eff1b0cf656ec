"""Told: what a page tells its readers beside its blocks, in prose and in commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.enabled import enabled_by
from glance_docs_ext.packaged import packaged_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.enabled import Enabled
    from glance_docs_ext.packaged import Packaged

PATH = re.compile(r'/(?<![\w.~/}-]/)[\w.+@-]+(?:/[\w.+@-]+)*')
"""An absolute path. What may not stand before it comes second: the slash is sought at once."""
HOME = re.compile(r'(?<![\w-])(?:python-)?home=["\']?\Z')
LONGEST_HOME = len('-python-home="')


class Told(NamedTuple):
    """What a page says: of modules of Apache, of the package of uWSGI, and which paths it names."""

    enabled: Enabled | None
    packaged: Packaged
    paths: frozenset[str]

    def and_of(self, other: Told | None) -> Told:
        """Return what this page and another say."""
        if other is None:
            return self
        return Told(
            self.enabled.and_of(other.enabled) if self.enabled else other.enabled,
            self.packaged.and_of(other.packaged),
            self.paths | other.paths,
        )


def told_by(texts: Iterable[tuple[str, str]]) -> Told:
    """Return what the files of a page say.

    :param texts: path and text of the page and of the files that it includes
    """
    files = [(path, text) for path, text in texts if text]
    return Told(
        enabled_by(files),
        packaged_by(files),
        frozenset().union(*(paths_in(text) for _, text in files)),
    )


def paths_in(text: str) -> frozenset[str]:
    """Return the absolute paths in a text, less the values of ``home=`` and ``python-home=``."""
    return frozenset(
        found[0].rstrip('.') for found in PATH.finditer(text) if not _is_home(text, found.start())
    )


def _is_home(text: str, start: int) -> bool:
    """Whether mod_wsgi is told to use the folder that is named at ``start``, which makes none."""
    before = text[max(0, start - LONGEST_HOME) : start]
    return 'home=' in before and HOME.search(before) is not None
