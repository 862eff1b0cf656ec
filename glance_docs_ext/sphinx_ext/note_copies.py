"""Copies of a page's nodes that may stand on another page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util import docname_join
from sphinx.util.nodes import make_refnode

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.builders import Builder

UNIQUE = (nodes.target, nodes.footnote, nodes.citation, addnodes.index, nodes.system_message)
"""What must stand once only in a project: the original has it."""


def copied(originals: list[Node], docname: str, onto: str, builder: Builder) -> list[Node]:
    """Return copies of ``originals``, nodes of the page ``docname``, for the page ``onto``.

    They have no ids, and their references lead to where those of the originals lead.
    """
    holder = nodes.container('', *(node.deepcopy() for node in originals))
    for element in list(holder.findall(nodes.Element)):
        for name in ('ids', 'names', 'dupnames', 'backrefs'):
            element[name] = []
    for unique in _all(holder, *UNIQUE):
        unique.parent.remove(unique)
    for caption in _all(holder, nodes.caption):  # figures are numbered by their ids
        figure = caption.parent
        figure.replace_self([child for child in figure.children if isinstance(child, _PLAIN)])
    for title in _all(holder, nodes.title):
        title.parent.remove(title)
    for reference in _all(holder, addnodes.pending_xref):
        _move(reference, docname, onto)
    for reference in _all(holder, nodes.reference, nodes.footnote_reference):
        if 'refid' in reference:
            reference.replace_self(
                linked(builder, onto, docname, reference['refid'], reference.children)
            )
    return holder.children


_PLAIN = (nodes.literal_block, nodes.image, nodes.paragraph)


def linked(builder: Builder, onto: str, docname: str, anchor: str, text: list[Node]) -> list[Node]:
    """Return ``text`` as a link from ``onto`` to a place on ``docname``; bare where none can be."""
    try:
        return [make_refnode(builder, onto, docname, anchor, text)]
    except NoUri:  # the page is not part of this PDF
        return text


def _all(holder: Element, *kinds: type[Element]) -> list[Element]:
    """Return the elements of ``kinds``, listed first so that they may be changed."""
    return cast('list[Element]', [node for node in holder.findall() if isinstance(node, kinds)])


def _move(reference: Element, docname: str, onto: str) -> None:
    """Let a reference that is resolved from ``onto`` find what it finds from ``docname``."""
    if reference.get('reftype') == 'doc':
        reference['reftarget'] = '/' + docname_join(docname, reference['reftarget'])
    reference['refdoc'] = onto
