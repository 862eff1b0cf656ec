"""Claims: what the pages say of a server's name through the text of its role.

A claim is the ``graceful reload`` of ``:uwsgi:option:`graceful reload <exit-on-reload>```. Nobody
judges it: the page of the rules shows it beside what the server says itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain

from glance_docs_ext.mentions import engine_of_role
from glance_docs_ext.sphinx_ext.freshness import stale_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Claim(NamedTuple):
    """What a page says of a name of an engine, and where.

    ``key`` is the name as the catalogue has it; ``anchor`` is the id of the innermost section
    around it ('' where there is none), ``section`` its title, or the name of the page; ``only`` are
    the conditions of all ``only`` that it stands in.
    """

    engine: str
    key: str
    text: str
    docname: str
    anchor: str
    section: str
    only: tuple[str, ...]


class ProjectClaims(Domain):
    """The claims of all pages, and the pages with a table of them, kept between builds."""

    name = 'configclaims'
    label = 'claims about servers'
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        'claims': {},  # docname -> list of Claim, in the order of the page
        'tables': set(),  # docnames
        'written': {},  # see freshness.py
    }

    builder: Builder

    @property
    def tables(self) -> set[str]:
        """The pages that show all claims."""
        tables: set[str] = self.data['tables']
        return tables

    def shown(self) -> list[Claim]:
        """Return the claims that this builder writes, by server and name, then page by page."""
        pages = sorted(self.data['claims'].items())
        claims = dict.fromkeys(claim for _, found in pages for claim in found)
        holds = self.builder.tags.eval_condition
        visible = [claim for claim in claims if all(map(holds, claim.only))]
        return sorted(visible, key=lambda claim: (claim.engine, claim.key))

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:  # noqa: ARG002  # asked of all domains
        if found := list(_claims(docname, document)):
            self.data['claims'][docname] = found

    def clear_doc(self, docname: str) -> None:
        self.data['claims'].pop(docname, None)
        self.tables.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.tables.update(docnames & otherdata['tables'])
        self.data['claims'].update(
            (docname, found)
            for docname, found in otherdata['claims'].items()
            if docname in docnames
        )


def project_claims(env: BuildEnvironment) -> ProjectClaims:
    """Return the claims of the project."""
    return cast('ProjectClaims', env.get_domain(ProjectClaims.name))


def prepare(app: Sphinx) -> None:
    """Note the builder; for ``builder-inited``."""
    project_claims(app.env).builder = app.builder


def stale_tables(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose tables show something else now; for ``env-updated``."""
    domain = project_claims(env)
    shown = domain.shown()
    return stale_pages(dict.fromkeys(domain.tables, shown), domain.data['written'], app.builder)


def _claims(docname: str, document: nodes.document) -> Iterator[Claim]:
    for node in document.findall(addnodes.pending_xref):
        engine = engine_of_role(node.get('refdomain', ''), node.get('reftype', ''))
        if engine is None or not node.get('refexplicit'):
            continue
        text = ' '.join(node.astext().split())
        key = node['reftarget']
        if engine.key(text) != key:  # else the text is the name, and says nothing of it
            anchor, section = _section(node)
            yield Claim(
                engine.name, key, text, docname, anchor, section or docname, _conditions(node)
            )


def _section(node: Element) -> tuple[str, str]:
    """Return id and title of the innermost section around ``node``, '' where there is none."""
    for parent in _around(node):
        if isinstance(parent, nodes.section):
            title = parent.next_node(nodes.title)
            return parent['ids'][0], title.astext() if title is not None else ''
    return '', ''


def _conditions(node: Element) -> tuple[str, ...]:
    return tuple(parent['expr'] for parent in _around(node) if isinstance(parent, addnodes.only))


def _around(node: Element) -> Iterator[Element]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
