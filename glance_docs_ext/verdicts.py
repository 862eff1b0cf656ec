"""What is wrong with blocks: each on its own, and those of a deployment together."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from glance_docs_ext.checker import check, check_deployment, guarded, in_order, read, reread
from glance_docs_ext.collector import uncollected
from glance_docs_ext.history import Entry, empty_timeline, missing_page, page_findings
from glance_docs_ext.mentions import unset_names
from glance_docs_ext.native.findings import findings as engine_findings
from glance_docs_ext.pages import page_named
from glance_docs_ext.releases import Releases
from glance_docs_ext.rules.page.expected_finding_missing import ExpectedFindingMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glance_docs_ext.checker import Checked
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.inputs import Input
    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.blocks import Block
    from glance_docs_ext.syntax import Document
    from glance_docs_ext.told import Told

NEWEST: Mapping[str, str] = MappingProxyType({})
"""Nobody has said which versions are deployed."""

NO_RELEASES = Releases()


@dataclass
class Together:
    """Blocks that are read together; one that is shown twice is one block.

    ``versions`` has each of them, with the version of its engine that is deployed.
    """

    services: set[str] = field(default_factory=set)
    notes: dict[Note, None] = field(default_factory=dict)
    told: Told | None = None
    versions: dict[Document, str] = field(default_factory=dict)

    def add(
        self,
        block: Block,
        document: Document,
        notes: Iterable[Note],
        told: Told | None = None,
        version: str = '',
    ) -> None:
        """Take a block in, as it was read, and what its page says of versions and else."""
        self.versions[document] = version
        self.services.update(block.services)
        self.notes.update(dict.fromkeys(notes))
        self.told = self.told.and_of(told) if self.told else told

    @uncollected
    def judge(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return what is wrong with the blocks, together as well as one by one.

        :param found: what was found one by one, also in others
        """
        again = reread(self.versions, self.versions)
        shown = {(block.engine, block.source.text): block for block in again.documents}
        return [
            *(one for one in found if one not in again.withdrawn),
            *again.found,
            *check_deployment(shown.values(), self.services, self.notes, self.told),
        ]


@uncollected
def findings(
    inputs: Sequence[Input],
    *,
    together: bool = False,
    native: bool = False,
    versions: Mapping[str, str] = NEWEST,
    releases: Releases = NO_RELEASES,
) -> tuple[Diagnostic, ...]:
    """Return all findings about ``inputs``, in the order of every report.

    :param together: read all inputs as one deployment, not each as one
    :param native: ask the installed engines, too, in a sandbox
    :param versions: of the engines that are deployed, by name; the newest we know for the others
    :param releases: those that the version notes of pages speak of
    :raises SandboxError: an engine is to be asked, and it or bubblewrap is missing
    """
    found: list[Diagnostic] = []
    deployments: dict[object, Together] = defaultdict(Together)
    for number, given in enumerate(inputs):
        found += given.diagnostics
        documents: list[Document] = []
        for block in given.blocks:
            if block.unchecked:
                documents += [parsed_block(block, versions)] if given.mentions else []
                continue
            checked = checked_block(block, versions)
            documents.append(checked.document)
            found += checked.diagnostics
            if native:
                found += engine_findings(checked)
            name: object = block.deployment or ('' if together else number)
            version = block.version_among(versions)
            deployments[name].add(block, checked.document, given.notes, given.told, version)
        mentioned = unset_names(given.mentions, documents)
        found += guarded('what looks for names in the text', mentioned, given.path)
    for deployment in deployments.values():
        found = deployment.judge(found)
    if inputs:
        history = history_findings(inputs, releases)
        found += guarded('what looks at version notes', history, inputs[0].path)
    blocks = [block for given in inputs for block in given.blocks]
    return in_order(judged(blocks, found))


def history_findings(inputs: Sequence[Input], releases: Releases) -> Iterator[Diagnostic]:
    """Yield what is wrong with version notes and timelines, as `history.page_findings` has it.

    Looked at are the notes that a timeline collects, and with release data all. Where a timeline is
    for pages that are not among ``inputs``, nobody can tell whether it is empty.
    """
    by_path = {os.path.normpath(given.path): given for given in inputs}
    collected: dict[str, None] = {}
    for path, given in by_path.items():
        for timeline in given.timelines:
            paths = [path] if timeline.pages == () else [*by_path]
            if timeline.pages:
                named = [(name, page_named(name, given.path)) for name in timeline.pages]
                paths = [os.path.normpath(page) for _, page in named if page]
                yield from (missing_page(timeline.place, name) for name, page in named if not page)
                if len(paths) < len(named):
                    continue
            read = [by_path[page] for page in paths if page in by_path]
            collected.update(dict.fromkeys(paths))
            if len(read) == len(paths) and not any(page.notes for page in read):
                yield empty_timeline(timeline.place)
    for path, given in by_path.items():
        if releases.known or path in collected:
            yield from page_findings([*map(_entry, given.notes)], releases)


def _entry(note: Note) -> Entry:
    return Entry(note.version, note.label, note.place, note.above, lambda: note.place)


def checked_block(block: Block, versions: Mapping[str, str]) -> Checked:
    """Return a block as it was read, and what is wrong with it on its own.

    :param versions: of the engines that are deployed, by name
    """
    return check(block.source, block.engine, block.context, block.version_among(versions))


def parsed_block(block: Block, versions: Mapping[str, str]) -> Document:
    """Return a block as it is read, unchecked."""
    return read(block.source, block.engine, block.context, block.version_among(versions)).document


def judged(blocks: Iterable[Block], found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings less those that a block expects, and what blocks expect in vain.

    Blocks with the same text are copies: what they show together with others is told of the first.
    """
    blocks = tuple(blocks)
    expecting = [block for block in blocks if block.expected]
    seen: dict[str, set[str]] = {block.source.text: set() for block in expecting}
    own: dict[int, list[Diagnostic]] = {id(block): [] for block in expecting}
    copies = [block for block in blocks if block.source.text in seen]
    for diagnostic, block in _owned(copies, found):
        if block is not None:
            seen[block.source.text].add(diagnostic.code)
        if block is None or not block.expected:
            yield diagnostic
        else:
            own[id(block)].append(diagnostic)
    for block in expecting:
        yield from ExpectedFindingMissing().judge(
            own[id(block)],
            seen[block.source.text],
            block.expected,
            block.expected_at or block.place,
        )


def by_block(
    blocks: Iterable[Block], found: Iterable[Diagnostic]
) -> tuple[list[tuple[Block, tuple[Diagnostic, ...]]], list[Diagnostic]]:
    """Return the findings of each block that has some, in order, and those of no block."""
    own: dict[int, tuple[Block, list[Diagnostic]]] = {}
    others: list[Diagnostic] = []
    for diagnostic, block in _owned(blocks, found):
        if block is None:
            others.append(diagnostic)
        else:
            own.setdefault(id(block), (block, []))[1].append(diagnostic)
    return [(block, in_order(findings)) for block, findings in own.values()], others


def _owned(
    blocks: Iterable[Block], found: Iterable[Diagnostic]
) -> Iterator[tuple[Diagnostic, Block | None]]:
    """Yield each finding with the block of ``blocks`` that it is about."""
    owner = {line: block for block in blocks for line in block.lines()}
    for diagnostic in found:
        yield diagnostic, owner.get((diagnostic.place.path, diagnostic.place.line))
