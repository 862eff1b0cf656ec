"""The domains ``uwsgi``, ``apache`` and ``nginx``: a role for the names that each server knows.

They are ``:uwsgi:option:``, ``:apache:directive:`` and ``:nginx:directive:``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain, ObjType
from sphinx.util.docutils import ReferenceRole

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.mentions import known_key, unknown_mention
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain, page_positions

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.engine import Engine


class NameRole(ReferenceRole):
    """Shows a name, alone or with its value (``http-socket = :80``), as a link to its description.

    ``text <name>`` shows another text, ``!name`` neither links nor checks, as with Sphinx's own
    roles. A name that the engine does not know is a finding.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    def run(self) -> tuple[list[Node], list[system_message]]:
        title = self.title.removeprefix('!') if self.disabled else self.title
        literal = nodes.literal(self.rawtext, title, classes=['xref', self._engine.name])
        if self.disabled:
            return [literal], []
        key = known_key(self._engine, self.target)
        if key is None:
            self._report()
            return [literal], []
        reference = addnodes.pending_xref(
            self.rawtext,
            literal,
            refdomain=self._engine.name,
            reftype=self._engine.noun,
            reftarget=key,
            refdoc=self.env.docname,
            refexplicit=self.has_explicit_title,
        )
        self.set_source_info(reference)
        return [reference], []

    def _report(self) -> None:
        path, line = self.get_source_info()
        place = page_positions(self.env).role(self.rawtext, path, line)
        finding = unknown_mention(self._engine, self.target, place)
        domain = cast('ConfigCheckDomain', self.env.get_domain(ConfigCheckDomain.name))
        domain.note(self.env.docname, finding)


class EngineDomain(Domain):
    """The names of one engine, each with its place in the engine's own manual."""

    engine: Engine

    def resolve_xref(
        self,
        _env: BuildEnvironment,
        _fromdocname: str,
        builder: Builder,
        _typ: str,
        target: str,
        _node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link; the bare name where there are no links, or nothing to link to."""
        entry = self.engine.catalogue[target][0]
        url = self.engine.reference_url(entry)
        if builder.format != 'html' or not url:
            return cast('nodes.reference', contnode)  # Sphinx puts in whatever it is given
        reference = nodes.reference('', '', contnode, internal=False, refuri=url)
        if title := ': '.join(filter(None, (entry.origin, entry.help))):
            reference['reftitle'] = title
        return reference

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, object]) -> None:
        """Merge nothing: what is known comes with this package."""

    def resolve_any_xref(self, *_args: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: ``:any:`` is for what the project itself describes."""
        return []


def engine_domains() -> Iterator[type[EngineDomain]]:
    """Yield a domain for each engine, with one role: the engine's word for its names."""
    for engine in ENGINES.values():
        yield type(
            f'{engine.label}Domain',
            (EngineDomain,),
            {
                'name': engine.name,
                'label': engine.label,
                'engine': engine,
                'object_types': {engine.noun: ObjType(engine.noun, engine.noun)},
                'roles': {engine.noun: NameRole(engine)},
            },
        )
