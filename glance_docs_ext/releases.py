"""Releases: which versions a project has, the series they belong to, and when each came out.

A project brings its own with ``configcheck_releases``: a mapping, or the name of a JSON or TOML
file that holds it under ``releases``::

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
from typing import TYPE_CHECKING, Any

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.pipes import read_bytes
from glance_docs_ext.rule import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packaging.version import Version

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
    def read(cls, given: str | Mapping[str, Any], folder: Path) -> Releases:
        """Read what ``configcheck_releases`` or ``--releases`` gives or names.

        :param given: a mapping, one of ``BUNDLED``, or the path of a ``.json`` or ``.toml`` file,
            seen from ``folder``; '' for no data
        :raises ReleasesError: the file is missing, or the data have another form
        """
        try:
            data = _load(given, folder) if isinstance(given, str) else given
            found = [_release(key, item) for key, item in data.items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleasesError(
                f'releases: cannot read {shortened(str(given))!r} ({error!r}); '
                f'expected one of {", ".join(BUNDLED)}, or a JSON or TOML file with a table '
                '"releases", such as {"releases": {"21": {"series": "Victoria", "date": '
                '"2020-10-14"}}}'
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
    # Here, because all but version notes is judged without this package.
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415  # see above

    if len(text) > LONGEST_VERSION:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _load(name: str, folder: Path) -> Any:
    """Return the table ``releases`` of a file, whatever it is."""
    if not name:
        return {}
    if name in BUNDLED:
        text = (files(__package__) / 'data' / f'{name}.json').read_text(encoding='utf-8')
    else:
        text = read_bytes(str(folder / name)).decode('utf-8')
    return (tomllib.loads(text) if name.endswith('.toml') else json.loads(text))['releases']


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
