"""Releases: which versions a project has, the series they belong to, and when each came out.

A project brings its own as a JSON or TOML file, named by ``configcheck_releases``::

    {"releases": {"21": {"series": "Victoria", "date": "2020-10-14"}, "22": {"series": "Wallaby"}}}

A key stands for the version itself and for all versions that begin with it: ``21`` is 21.0.0 and
also speaks for 21.1.0; the date is that of 21.0.0. Both fields may be left out.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from glance_docs_ext.diagnostics import GlanceDocsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

BUNDLED = ('glance',)
"""The projects whose releases come with this package."""

LONGEST_VERSION = 100  # characters; what is longer is no version, and slow to read


class ReleasesError(GlanceDocsError):
    """The release data cannot be read, or have another form."""


@dataclass(frozen=True, slots=True)
class Release:
    """One line of the release data: a version, the series it began, the day it came out."""

    version: Version
    series: str = ''
    date: str = ''


@dataclass(frozen=True)
class Releases:
    """All that is known of a project's releases, the oldest first; empty where nothing is."""

    known: tuple[Release, ...] = ()
    _starts: Mapping[tuple[int, ...], Release] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = {release.version.release: release for release in self.known}
        object.__setattr__(self, '_starts', starts)

    @classmethod
    def read(cls, name: str, folder: Path) -> Releases:
        """Read what ``configcheck_releases`` names.

        :param name: one of ``BUNDLED``, or the path of a ``.json`` or ``.toml`` file, read from
            ``folder``; '' for no data
        :raises ReleasesError: the file is missing or has another form
        """
        if not name:
            return cls()
        file: Traversable = (
            files(__package__) / 'data' / f'{name}.json' if name in BUNDLED else folder / name
        )
        try:
            text = file.read_text(encoding='utf-8')
            data = tomllib.loads(text) if name.endswith('.toml') else json.loads(text)
            found = [_release(key, item) for key, item in data['releases'].items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleasesError(
                f'configcheck_releases: cannot read {str(file)!r} ({error!r}); expected one of '
                f'{", ".join(BUNDLED)}, or a JSON or TOML file with a table "releases", such as '
                '{"releases": {"21": {"series": "Victoria", "date": "2020-10-14"}}}'
            ) from error
        return cls(tuple(sorted(found, key=lambda release: release.version)))

    def find(self, version: Version) -> Release | None:
        """Return the release that ``version`` is, or else the longest that it begins with."""
        same = next((release for release in self.known if release.version == version), None)
        starts = (version.release[:length] for length in range(len(version.release), 0, -1))
        return same or next((self._starts[s] for s in starts if s in self._starts), None)

    def describe(self, version: Version) -> tuple[str, str]:
        """Return the series that ``version`` belongs to and its date, '' for what is not known."""
        release = self.find(version)
        if release is None:
            return '', ''
        return release.series, release.date if release.version == version else ''


def parse_version(text: str) -> Version | None:
    """Return ``text`` as a version that can be compared (PEP 440), None where it is not one."""
    if len(text) > LONGEST_VERSION:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _release(key: str, item: Mapping[str, object]) -> Release:
    version = parse_version(key)
    if version is None:
        raise ValueError(f'{key!r} is not a version')
    unknown = sorted(set(item) - {'series', 'date'})
    if unknown:
        raise ValueError(f'{key!r} has {unknown[0]!r}; expected "series" and "date"')
    date = str(item.get('date', ''))
    if date and not re.fullmatch(r'\d{4}-\d{2}-\d{2}', date):
        raise ValueError(f'{key!r} has the date {date!r}; expected YYYY-MM-DD')
    return Release(version, str(item.get('series', '')), date)
