"""What is wrong with the version notes of a project, and with its timelines.

Notes are looked at where the project asks for it: on pages that a timeline collects, and on all
pages where ``configcheck_releases`` is set. Elsewhere a note may say what it likes, as in Sphinx.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.page.future_release import FutureRelease
from glance_docs_ext.rules.page.mislabelled_release import MislabelledRelease
from glance_docs_ext.rules.page.misused_markup import MisusedMarkup
from glance_docs_ext.rules.page.unknown_release import UnknownRelease
from glance_docs_ext.rules.page.unreadable_version import UnreadableVersion
from glance_docs_ext.rules.page.versions_out_of_order import VersionsOutOfOrder
from glance_docs_ext.sphinx_ext.positions import Positions
from glance_docs_ext.sphinx_ext.releases import parse_version
from glance_docs_ext.sphinx_ext.version_notes import version_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.version import Version
    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.sphinx_ext.releases import Releases
    from glance_docs_ext.sphinx_ext.version_notes import Request, VersionNote


def version_findings(env: BuildEnvironment) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notes and timelines of the whole project."""
    domain = version_notes(env)
    linter = _Linter(Positions(env.config.source_encoding, {}), domain.releases)
    requests = [
        request for docname in sorted(domain.requests) for request in domain.requests[docname]
    ]
    for request in requests:
        yield from linter.timeline(request, domain.notes, env.found_docs)
    collected = {note.docname for request in requests for note in domain.collected(request)}
    for docname, notes in sorted(domain.notes.items()):
        if domain.releases.known or docname in collected:
            yield from linter.page(notes)


class _Linter:
    def __init__(self, positions: Positions, releases: Releases) -> None:
        self.positions = positions
        self.releases = releases

    def timeline(
        self, request: Request, notes: dict[str, list[VersionNote]], pages: set[str]
    ) -> Iterator[Diagnostic]:
        """Yield what a timeline asks for in vain."""
        wanted = request.docnames if request.docnames is not None else ()
        missing = [name for name in wanted if name not in pages]
        empty = not any(notes.get(name) for name in (wanted or notes))
        place = self.positions.inline('version-timeline', request.source, request.line)
        for name in missing:
            yield MisusedMarkup().report_at(
                place,
                problem=f'version-timeline: there is no page {shortened(name)!r}',
                remedy='name pages as in a toctree, seen from this page, or from the top with "/"',
            )
        if empty and not missing:
            yield MisusedMarkup().report_at(
                place,
                problem='version-timeline: the pages that it collects have no version notes',
                remedy='name the pages with :pages:, or write :project:',
            )

    def page(self, notes: list[VersionNote]) -> Iterator[Diagnostic]:
        """Yield what is wrong with the notes of one page."""
        versions = [(note, parse_version(note.version)) for note in notes]
        for note, version in versions:
            if version is None:
                yield UnreadableVersion().report_at(
                    self.place(note), version=shortened(note.version), example=self.example(note)
                )
            elif self.releases.known:
                yield from self.release(note, version)
        for run in _runs((note, version) for note, version in versions if version is not None):
            yield from self.order(run)

    def release(self, note: VersionNote, version: Version) -> Iterator[Diagnostic]:
        """Yield what the release data do not say of a version."""
        release = self.releases.find(version)
        before = [known for known in self.releases.known if known.version < version]
        after = [known for known in self.releases.known if known.version > version]
        if release is not None:
            others = [known.series for known in self.releases.known if known is not release]
            if _names(note.label) & _names(*others) - _names(release.series):
                yield MislabelledRelease().report_at(
                    self.place(note),
                    version=note.version,
                    series=release.series,
                    label=shortened(note.label),
                )
        elif before and after:
            yield UnknownRelease().report_at(
                self.place(note),
                version=note.version,
                before=before[-1].version,
                after=after[0].version,
            )
        elif before:
            yield FutureRelease().report_at(
                self.place(note), version=note.version, last=before[-1].version
            )

    def order(self, run: list[tuple[VersionNote, Version]]) -> Iterator[Diagnostic]:
        """Yield the first note of a run that goes against the direction of the others."""
        falls = [(above, below) for above, below in pairwise(run) if below[1] < above[1]]
        rises = [(above, below) for above, below in pairwise(run) if below[1] > above[1]]
        if not falls or not rises:
            return
        upwards = len(rises) >= len(falls)
        (above, _), (note, _) = (falls if upwards else rises)[0]
        yield VersionsOutOfOrder().report_at(
            self.place(note),
            version=note.version,
            above=above.version,
            direction='from old to new' if upwards else 'from new to old',
        )

    def place(self, note: VersionNote) -> Place:
        return self.positions.inline(note.version, note.source, note.line)

    def example(self, note: VersionNote) -> str:
        """Return how the note's version is written, with its own name where that is known."""
        for release in self.releases.known:
            if _names(note.version) & _names(release.series):
                return f'{release.version} ({release.series})'
        return '21.0.0 (Victoria)'


def _runs(
    notes: Iterable[tuple[VersionNote, Version]],
) -> list[list[tuple[VersionNote, Version]]]:
    """Return the notes that stand straight below one another, run by run."""
    runs: list[list[tuple[VersionNote, Version]]] = []
    ends: dict[str, list[tuple[VersionNote, Version]]] = {}
    for note, version in notes:
        run = ends.pop(note.above, None)
        if run is None:
            run = []
            runs.append(run)
        run.append((note, version))
        ends[note.anchor] = run
    return runs


def _names(*texts: str) -> set[str]:
    """Return the names and numbers of series in ``texts``."""
    return {word.casefold() for text in texts for word in re.findall(r'\w+(?:\.\w+)*', text)}
