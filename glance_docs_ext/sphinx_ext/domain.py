"""The domain ``configcheck``: the blocks of all pages, and what is wrong with them.

Findings live in the environment, because Sphinx reads a page again only when it has changed: what
was logged while it was read would be silent in the next build.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from sphinx.domains import Domain

from glance_docs_ext.checker import FINDING, guarded, in_order, or_fault
from glance_docs_ext.mentions import unset_names
from glance_docs_ext.rules.page.too_many_findings import MOST, TooManyFindings
from glance_docs_ext.sphinx_ext import settings
from glance_docs_ext.sphinx_ext.blocks import find_blocks, stray_comments
from glance_docs_ext.sphinx_ext.compat import reading_state
from glance_docs_ext.sphinx_ext.glossary_lints import glossary_findings
from glance_docs_ext.sphinx_ext.lifecycle import find_notes
from glance_docs_ext.sphinx_ext.mentions import find_mentions
from glance_docs_ext.sphinx_ext.positions import Positions
from glance_docs_ext.sphinx_ext.proved import proof_findings
from glance_docs_ext.sphinx_ext.version_lints import version_findings
from glance_docs_ext.told import told_by
from glance_docs_ext.verdicts import Together, by_block, checked_block, judged, parsed_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.blocks import Block
    from glance_docs_ext.told import Told

LINTS: Mapping[str, Callable[[BuildEnvironment], Iterator[Diagnostic]]] = {
    'what looks at version notes': version_findings,
    'what looks at glossaries': glossary_findings,
    'what looks at proofs': proof_findings,
}
"""What is looked at when all pages are read."""
INCLUDED = 'configcheck_included'  # in the reading state: for each file the parts that are included


@dataclass
class Page:
    """What one page holds.

    ``diagnostics`` are about single blocks, the markup, and the blocks of the page together;
    ``notes`` are its version notes, ``told`` is what it says in prose and commands. Of a block with
    very many findings only the first are kept, and in ``left_out`` the number of the others.
    """

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    told: Told | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    left_out: dict[Block, int] = field(default_factory=dict)

    def keep(self, found: Sequence[Diagnostic]) -> None:
        """Keep what is wrong with the page and its blocks."""
        if len(found) <= MOST:
            self.diagnostics = [*found]
            return
        owned, self.diagnostics = by_block(self.blocks, found)
        for block, own in owned:
            kept = own[: MOST + 1]  # one more than is told, which says where the others begin
            self.diagnostics += kept
            if len(own) > len(kept):
                self.left_out[block] = len(own) - len(kept)


class ConfigCheckDomain(Domain):
    """Keeps a `Page` for every page that has something to keep."""

    name = 'configcheck'
    label = 'Checked configuration'
    initial_data: ClassVar[dict[str, dict[str, Page]]] = {'pages': {}}
    data_version = 5

    @property
    def pages(self) -> dict[str, Page]:
        """The pages by docname."""
        pages: dict[str, Page] = self.data['pages']
        return pages

    def note(self, docname: str, diagnostic: Diagnostic) -> None:
        """Keep a finding about the markup of a page."""
        self.pages.setdefault(docname, Page()).diagnostics.append(diagnostic)

    def clear_doc(self, docname: str) -> None:
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, dict[str, Page]]) -> None:
        for docname, page in otherdata['pages'].items():
            if docname in docnames:
                self.pages[docname] = page

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Find the blocks of a page that was just read, and check them."""
        path = str(env.doc2path(docname))
        done = or_fault(FINDING, path, self._find_and_check, env, docname, document)
        if done is not None:
            self.note(docname, done)

    def _find_and_check(
        self, env: BuildEnvironment, docname: str, document: nodes.document
    ) -> None:
        positions = page_positions(env)
        plain = settings.plain_blocks(env.config)
        versions = settings.versions(env.config)
        found = list(find_blocks(document, positions, env.config.highlight_language, plain=plain))
        notes = list(find_notes(document, positions))
        stray = list(stray_comments(document, positions))
        if not found and not notes and not stray:
            return
        page = self.pages.setdefault(docname, Page())
        page.notes = notes
        page.told = told_by(_texts(env, docname, positions))
        page.diagnostics += stray
        documents = []
        together = Together(services=set(settings.services(env.config)))
        for block, node, diagnostics in found:
            page.blocks.append(block)
            page.diagnostics += diagnostics
            # Pygments does not know these languages as we do: what it cannot read is no news.
            node['force'] = True
            if block.unchecked:
                documents.append(parsed_block(block, versions))
                continue
            checked = checked_block(block, versions)
            documents.append(checked.document)
            page.diagnostics += checked.diagnostics
            if not block.deployment:
                version = block.version_among(versions)
                together.add(block, checked.document, notes, page.told, version)
        page.keep(together.judge(page.diagnostics))
        mentioned = unset_names(find_mentions(document, positions), documents)
        path = str(env.doc2path(docname))
        page.diagnostics += guarded('what looks for names in the text', mentioned, path)

    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with all pages of the project, in the order of every report."""
        found = [one for page in self.pages.values() for one in page.diagnostics]
        for deployment in self._named_deployments():
            found = deployment.judge(found)
        path = str(self.env.doc2path(self.env.config.root_doc))
        for part, lints in LINTS.items():
            found += guarded(part, lints(self.env), path)
        blocks = self.blocks()
        return in_order(self._limited(blocks, list(judged(blocks, found))))

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks, page by page; what several pages include comes once."""
        pages = (page for _, page in sorted(self.pages.items()))
        return tuple(dict.fromkeys(block for page in pages for block in page.blocks))

    def _limited(
        self, blocks: Sequence[Block], found: Sequence[Diagnostic]
    ) -> Iterator[Diagnostic]:
        """Yield the findings, of each block no more than people read."""
        if len(found) <= MOST:
            yield from found
            return
        left_out = {
            block: number for page in self.pages.values() for block, number in page.left_out.items()
        }
        owned, others = by_block(blocks, found)
        yield from others
        for block, own in owned:
            yield from TooManyFindings().limit(own, left_out.get(block, 0))

    def _named_deployments(self) -> Iterable[Together]:
        """Return the blocks together that say so, on whatever pages they stand."""
        services = settings.services(self.env.config)
        versions = settings.versions(self.env.config)
        deployments: dict[str, Together] = defaultdict(lambda: Together(services=set(services)))
        for _, page in sorted(self.pages.items()):
            for block in page.blocks:
                if block.deployment and not block.unchecked:
                    document = parsed_block(block, versions)
                    version = block.version_among(versions)
                    together = deployments[block.deployment]
                    together.add(block, document, page.notes, page.told, version)
        return deployments.values()


def _texts(env: BuildEnvironment, docname: str, positions: Positions) -> Iterator[tuple[str, str]]:
    """Yield path and text of a page and of the files that it includes."""
    for path in (str(env.doc2path(docname)), *reading_state(env).get(INCLUDED, {})):
        yield path, positions.text(path)


def page_positions(env: BuildEnvironment) -> Positions:
    """Return what finds places in the files of the page that is being read."""
    return Positions(env.config.source_encoding, reading_state(env).get(INCLUDED, {}))
