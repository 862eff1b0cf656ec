"""What is wrong with the version notes of a project, and with its timelines.

Notes are looked at where the project asks for it: on pages that a timeline collects, and on all
pages where ``configcheck_releases`` is set. Elsewhere a note may say what it likes, as in Sphinx.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glance_docs_ext.history import Entry, empty_timeline, missing_page, page_findings
from glance_docs_ext.sphinx_ext.positions import Positions
from glance_docs_ext.sphinx_ext.version_notes import version_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.sphinx_ext.version_notes import Request, VersionNote


def version_findings(env: BuildEnvironment) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notes and timelines of the whole project."""
    domain = version_notes(env)
    positions = Positions(env.config.source_encoding, {})
    requests = [
        request for docname in sorted(domain.requests) for request in domain.requests[docname]
    ]
    for request in requests:
        yield from _of_timeline(request, domain.notes, env.found_docs, positions)
    collected = {note.docname for request in requests for note in domain.collected(request)}
    for docname, notes in sorted(domain.notes.items()):
        if domain.releases.known or docname in collected:
            yield from page_findings([_entry(note, positions) for note in notes], domain.releases)


def _of_timeline(
    request: Request, notes: dict[str, list[VersionNote]], pages: set[str], positions: Positions
) -> Iterator[Diagnostic]:
    """Yield what a timeline asks for in vain."""
    wanted = request.docnames if request.docnames is not None else ()
    missing = [name for name in wanted if name not in pages]
    place = positions.inline('version-timeline', request.source, request.line)
    yield from (missing_page(place, name) for name in missing)
    if not missing and not any(notes.get(name) for name in (wanted or notes)):
        yield empty_timeline(place)


def _entry(note: VersionNote, positions: Positions) -> Entry:
    return Entry(
        note.version,
        note.label,
        note.anchor,
        note.above or None,
        partial(positions.inline, note.version, note.source, note.line),
    )
