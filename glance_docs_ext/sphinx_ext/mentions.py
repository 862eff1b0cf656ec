"""The names that a page explains by a role, beside those that its blocks set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.rules.page.option_without_block import OptionWithoutBlock
from glance_docs_ext.sphinx_ext.blocks import location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from docutils import nodes

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.sphinx_ext.positions import Positions
    from glance_docs_ext.syntax import Document


def unset_names(
    page: nodes.document, positions: Positions, documents: Collection[Document]
) -> Iterator[Diagnostic]:
    """Yield a finding for each name that the page explains and no block of it sets.

    A name that is explained more than once is told where it comes first. What a version note names
    is history, no explanation.
    """
    told = set()
    for mention in page.findall(addnodes.pending_xref):
        engine = ENGINES.get(mention.get('refdomain', ''))
        if (
            engine is None
            or _is_history(mention)
            or (key := (engine.name, mention['reftarget'])) in told
        ):
            continue
        told.add(key)
        place = positions.inline(mention.rawsource, *location(mention))
        finding = OptionWithoutBlock().judge(place, mention['reftarget'], engine, documents)
        if finding is not None:
            yield finding


def _is_history(node: nodes.Node) -> bool:
    while node.parent is not None and not isinstance(node, addnodes.versionmodified):
        node = node.parent
    return isinstance(node, addnodes.versionmodified)
