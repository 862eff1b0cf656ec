"""The names that a page explains by a role, found in its doctree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sphinx import addnodes

from glance_docs_ext.mentions import Mention, engine_of_role
from glance_docs_ext.sphinx_ext.blocks import location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes

    from glance_docs_ext.sphinx_ext.positions import Positions


def find_mentions(page: nodes.document, positions: Positions) -> Iterator[Mention]:
    """Yield the names that a page explains, in its order."""
    for node in page.findall(addnodes.pending_xref):
        engine = engine_of_role(node.get('refdomain', ''), node.get('reftype', ''))
        if engine is not None:
            place = partial(positions.role, node.rawsource, *location(node))
            yield Mention(engine, node['reftarget'], place, _is_history(node))


def _is_history(node: nodes.Node) -> bool:
    while node.parent is not None and not isinstance(node, addnodes.versionmodified):
        node = node.parent
    return isinstance(node, addnodes.versionmodified)
