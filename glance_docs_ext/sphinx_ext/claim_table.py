"""The table of claims: what the pages say of a name, beside what its server says.

The claims may stand on any page. They are known when all pages are read, so the table is made when
a page is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from glance_docs_ext.descriptions import described
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.sphinx_ext.claims import project_claims
from glance_docs_ext.sphinx_ext.note_copies import linked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.builders import Builder

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.sphinx_ext.claims import Claim

CLASS = 'configcheck-claims'
HEADING = ('Name', 'What the pages say', 'What the server says')
WIDTHS = (26, 32, 42)  # hundredths of the line; in a text file characters
LEAD = (
    'Texts that its pages give to a role, as in ',
    ':uwsgi:option:`text <name>`',
    ', and what the server itself says of the name. Nobody has judged whether they agree.',
)


class claim_table(nodes.General, nodes.Element):  # noqa: N801  # as docutils names its nodes
    """The place of the table until a page is written."""


class ClaimTableWriter(SphinxPostTransform):
    """Put the table in its place; nothing where the project claims nothing."""

    default_priority = 5  # before references are resolved: the names are some

    def run(self, **_kwargs: Any) -> None:
        domain = project_claims(self.env)
        for node in list(self.document.findall(claim_table)):
            claims = domain.shown()
            table = _Table(domain.builder, self.env.docname)
            node.replace_self(table.render(claims) if claims else [])


@dataclass(frozen=True)
class _Table:
    """The table for one page."""

    builder: Builder
    docname: str

    def render(self, claims: list[Claim]) -> list[Node]:
        before, markup, behind = LEAD
        lead = nodes.paragraph('', '', nodes.strong('', 'What this project says.'))
        lead += [nodes.Text(f' {before}'), nodes.literal('', markup), nodes.Text(behind)]
        head = nodes.thead('', _row(*([nodes.paragraph('', title)] for title in HEADING)))
        body = nodes.tbody('', *self.rows(claims))
        columns = [nodes.colspec(colwidth=width) for width in WIDTHS]
        group = nodes.tgroup('', *columns, head, body, cols=len(HEADING))
        return [lead, nodes.table('', group, classes=[CLASS])]

    def rows(self, claims: list[Claim]) -> Iterator[nodes.row]:
        """Yield a row for each name; ``claims`` are in the order of their names."""
        for (name, key), found in groupby(claims, key=lambda claim: (claim.engine, claim.key)):
            engine = ENGINES[name]
            texts = [self.claim(claim) for claim in found]
            yield _row(self.name(engine, key), texts, list(_own_words(engine, key)))

    def name(self, engine: Engine, key: str) -> list[nodes.paragraph]:
        """Return the name, with the link that its role makes, and whose it is."""
        literal = nodes.literal('', engine.catalogue[key][0].name, classes=['xref', engine.name])
        reference = addnodes.pending_xref(
            '',
            literal,
            refdomain=engine.name,
            reftype=engine.noun,
            reftarget=key,
            refdoc=self.docname,
        )
        version = f'{engine.label} {engine.catalogue.version}'
        return [nodes.paragraph('', '', reference), nodes.paragraph('', version)]

    def claim(self, claim: Claim) -> nodes.paragraph:
        """Return what a page says, and a link to the section where it says so."""
        section: list[Node] = [nodes.Text(claim.section)]
        link = linked(self.builder, self.docname, claim.docname, claim.anchor, section)
        return nodes.paragraph('', '', nodes.Text(f'{claim.text} ('), *link, nodes.Text(')'))


def _own_words(engine: Engine, key: str) -> Iterator[nodes.paragraph]:
    for description in described(engine, key):
        if description.help:
            yield nodes.paragraph('', '', nodes.emphasis('', description.help))
        if description.facts:
            yield nodes.paragraph('', description.facts)


def _row(*cells: list[nodes.paragraph]) -> nodes.row:
    return nodes.row('', *(nodes.entry('', *cell) for cell in cells))
