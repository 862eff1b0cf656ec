"""What is wrong with the version notes of a page: their versions, their order, their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from glance_docs_ext.releases import parse_version
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.page.future_release import FutureRelease
from glance_docs_ext.rules.page.mislabelled_release import MislabelledRelease
from glance_docs_ext.rules.page.misused_markup import MisusedMarkup
from glance_docs_ext.rules.page.unknown_release import UnknownRelease
from glance_docs_ext.rules.page.unreadable_version import UnreadableVersion
from glance_docs_ext.rules.page.versions_out_of_order import VersionsOutOfOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from packaging.version import Version

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.releases import Releases
    from glance_docs_ext.source import Place


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A version note, as its page has it.

    ``label`` is what stands in parentheses behind the version; ``key`` tells the notes of a page
    apart, ``above`` is the key of the one straight above, if there is one; ``place`` finds where
    the version stands.
    """

    version: str
    label: str
    key: Hashable
    above: Hashable | None
    place: Callable[[], Place]


def missing_page(place: Place, name: str) -> Diagnostic:
    """Return what is said of a timeline at ``place`` that names a page which is not there."""
    return MisusedMarkup().report_at(
        place,
        problem=f'version-timeline: there is no page {shortened(name)!r}',
        remedy='name pages as in a toctree, seen from this page, or from the top with "/"',
    )


def empty_timeline(place: Place) -> Diagnostic:
    """Return what is said of a timeline at ``place`` that has nothing to show."""
    return MisusedMarkup().report_at(
        place,
        problem='version-timeline: the pages that it collects have no version notes',
        remedy='name the pages with :pages:, or write :project:',
    )


def page_findings(notes: Sequence[Entry], releases: Releases) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notes of one page, which are in its order.

    :param releases: what is known of the project's releases, perhaps nothing
    """
    versions = [(note, parse_version(note.version)) for note in notes]
    for note, version in versions:
        if version is None:
            example = _example(note, releases)
            shown = shortened(note.version)
            yield UnreadableVersion().report_at(note.place(), version=shown, example=example)
        elif releases.known:
            yield from _of_release(note, version, releases)
    for run in _runs((note, version) for note, version in versions if version is not None):
        yield from _of_order(run)


def _of_release(note: Entry, version: Version, releases: Releases) -> Iterator[Diagnostic]:
    """Yield what the release data do not say of a version."""
    release = releases.find(version)
    before = [known for known in releases.known if known.version < version]
    after = [known for known in releases.known if known.version > version]
    if release is not None:
        others = [known.series for known in releases.known if known is not release]
        if _names(note.label) & _names(*others) - _names(release.series):
            yield MislabelledRelease().report_at(
                note.place(),
                version=note.version,
                series=release.series,
                label=shortened(note.label),
            )
    elif before and after:
        yield UnknownRelease().report_at(
            note.place(),
            version=note.version,
            before=before[-1].version,
            after=after[0].version,
        )
    elif before:
        yield FutureRelease().report_at(note.place(), version=note.version, last=before[-1].version)


def _of_order(run: list[tuple[Entry, Version]]) -> Iterator[Diagnostic]:
    """Yield the first note of a run that goes against the direction of the others."""
    falls = [(above, below) for above, below in pairwise(run) if below[1] < above[1]]
    rises = [(above, below) for above, below in pairwise(run) if below[1] > above[1]]
    if not falls or not rises:
        return
    upwards = len(rises) >= len(falls)
    (above, _), (note, _) = (falls if upwards else rises)[0]
    yield VersionsOutOfOrder().report_at(
        note.place(),
        version=note.version,
        above=above.version,
        direction='from old to new' if upwards else 'from new to old',
    )


def _runs(notes: Iterable[tuple[Entry, Version]]) -> list[list[tuple[Entry, Version]]]:
    """Return the notes that stand straight below one another, run by run."""
    runs: list[list[tuple[Entry, Version]]] = []
    ends: dict[Hashable, list[tuple[Entry, Version]]] = {}
    for note, version in notes:
        run = ends.pop(note.above, None) if note.above is not None else None
        if run is None:
            run = []
            runs.append(run)
        run.append((note, version))
        ends[note.key] = run
    return runs


def _example(note: Entry, releases: Releases) -> str:
    """Return how the note's version is written, with its own name where that is known."""
    for release in releases.known:
        if _names(note.version) & _names(release.series):
            return f'{release.version} ({release.series})'
    return '21.0.0 (Victoria)'


def _names(*texts: str) -> set[str]:
    """Return the names and numbers of series in ``texts``."""
    return {word.casefold() for text in texts for word in re.findall(r'\w+(?:\.\w+)*', text)}
