"""Proved blocks: what the named blocks of all pages say, held against what was proved of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain

from glance_docs_ext.proofs import digest
from glance_docs_ext.rules.page.changed_since_proved import ChangedSinceProved
from glance_docs_ext.rules.page.misused_markup import MisusedMarkup
from glance_docs_ext.rules.page.unreadable_file import UnreadableFile
from glance_docs_ext.sphinx_ext.blocks import location
from glance_docs_ext.sphinx_ext.freshness import stale_pages
from glance_docs_ext.sphinx_ext.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.proofs import Proof
    from glance_docs_ext.source import Place


class NamedBlock(NamedTuple):
    """A literal block with a name; ``line`` is the one docutils has for it, in ``source``."""

    docname: str
    name: str
    digest: str
    first_line: str
    source: str
    line: int


class Request(NamedTuple):
    """What one ``proved-deployments`` shows: all proofs of ``file``, or those of one variant.

    ``problem`` says why the file cannot be read, and is '' where it can.
    """

    docname: str
    source: str
    line: int
    file: str
    variant: str
    proofs: tuple[Proof, ...]
    problem: str


class Verdict(NamedTuple):
    """A proof, and its blocks: those of the pages by name, and the names that are not the same."""

    proof: Proof
    blocks: tuple[NamedBlock, ...]
    changed: tuple[str, ...]


class ProvedBlocks(Domain):
    """The named blocks of all pages and the tables of proofs, kept between builds."""

    name = 'provedblocks'
    label = 'proved blocks'
    data_version = 1
    initial_data: ClassVar[dict[str, dict[str, Any]]] = {
        'blocks': {},  # docname -> list of NamedBlock
        'requests': {},  # docname -> list of Request
        'written': {},  # see freshness.py
    }

    builder: Builder

    @property
    def requests(self) -> dict[str, list[Request]]:
        """The directives of each page."""
        requests: dict[str, list[Request]] = self.data['requests']
        return requests

    def by_name(self) -> dict[str, list[NamedBlock]]:
        """Return the blocks of all pages by their names, page by page."""
        blocks: dict[str, list[NamedBlock]] = defaultdict(list)
        for _, found in sorted(self.data['blocks'].items()):
            for block in found:
                blocks[block.name].append(block)
        return dict(blocks)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:  # noqa: ARG002  # asked of all domains
        if found := list(_named_blocks(docname, document)):
            self.data['blocks'][docname] = found

    def clear_doc(self, docname: str) -> None:
        self.data['blocks'].pop(docname, None)
        self.requests.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for name in ('blocks', 'requests'):
            self.data[name].update(
                (docname, found)
                for docname, found in otherdata[name].items()
                if docname in docnames
            )


def proved_blocks(env: BuildEnvironment) -> ProvedBlocks:
    """Return the proved blocks of the project."""
    return cast('ProvedBlocks', env.get_domain(ProvedBlocks.name))


def prepare(app: Sphinx) -> None:
    """Note the builder; for ``builder-inited``."""
    proved_blocks(app.env).builder = app.builder


def verdicts(request: Request, blocks: dict[str, list[NamedBlock]]) -> list[Verdict]:
    """Return what the proofs of a request are worth, with the blocks of all pages by name."""
    wanted = [one for one in request.proofs if request.variant in {'', one.variant}]
    return [_verdict(proof, blocks) for proof in wanted]


def stale_tables(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose proofs are worth something else now; for ``env-updated``."""
    domain = proved_blocks(env)
    blocks = domain.by_name()
    shown = {
        docname: [
            (request.variant, request.problem, verdicts(request, blocks)) for request in found
        ]
        for docname, found in domain.requests.items()
    }
    return stale_pages(shown, domain.data['written'], app.builder)


def proof_findings(env: BuildEnvironment) -> Iterator[Diagnostic]:
    """Yield what is wrong with the proofs of the whole project: each block and file once."""
    domain = proved_blocks(env)
    requests = [one for _, found in sorted(domain.requests.items()) for one in found]
    positions = Positions(env.config.source_encoding, {})
    yield from _unreadable(requests, positions)
    blocks = domain.by_name()
    proofs: dict[str, dict[tuple[str, str], tuple[Proof, Request]]] = defaultdict(dict)
    for request in requests:
        known = {proof.variant for proof in request.proofs}
        if request.variant and not request.problem and request.variant not in known:
            yield MisusedMarkup().report_at(
                _place(request, positions),
                problem=f'proved-deployments: {request.file} has no variant {request.variant!r}',
                remedy='prove it, or write one of: ' + '; '.join(sorted(known)),
            )
        for verdict in verdicts(request, blocks):
            for name in verdict.changed:
                proofs[name].setdefault(verdict.proof.key, (verdict.proof, request))
    for name, lost in proofs.items():
        proof, request = next(iter(lost.values()))
        values = {
            'date': proof.date,
            'file': request.file,
            'variants': '; '.join(dict.fromkeys(variant for variant, _ in lost)),
        }
        for block in blocks.get(name, ()):
            if block.digest != proof.blocks[name]:
                place = positions.inline(block.first_line, block.source, block.line)
                problem = f'block {name!r} has changed'
                yield ChangedSinceProved().report_at(place, problem=problem, **values)
        if name not in blocks:
            problem = f'block {name!r} has gone'
            place = _place(request, positions)
            yield ChangedSinceProved().report_at(place, problem=problem, **values)


def _unreadable(requests: Iterable[Request], positions: Positions) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for request in requests:
        if request.problem and request.file not in seen:
            seen.add(request.file)
            yield UnreadableFile().report_at(
                _place(request, positions),
                file=request.file,
                problem=request.problem,
                remedy='name the file that pytest --deployment-report has written',
            )


def _place(request: Request, positions: Positions) -> Place:
    return positions.inline('proved-deployments', request.source, request.line)


def _verdict(proof: Proof, blocks: dict[str, list[NamedBlock]]) -> Verdict:
    found = [block for name in proof.blocks for block in blocks.get(name, ())]
    changed = [
        name
        for name, wanted in proof.blocks.items()
        if {block.digest for block in blocks.get(name, ())} != {wanted}
    ]
    return Verdict(proof, tuple(found), tuple(changed))


def _named_blocks(docname: str, document: nodes.document) -> Iterator[NamedBlock]:
    """Yield the literal blocks of a page under the ids that HTML gives them."""
    for node in document.findall(nodes.literal_block):
        wrapper = node.parent
        ids = list(node['ids'])
        if isinstance(wrapper, nodes.container) and wrapper.get('literal_block'):
            ids += wrapper['ids']
        if ids:
            text = node.astext()
            source, line = location(node)
            first = text.partition('\n')[0]
            yield from (NamedBlock(docname, one, digest(text), first, source, line) for one in ids)
