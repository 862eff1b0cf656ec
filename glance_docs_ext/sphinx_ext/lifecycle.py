"""Version notes of a page as the deployment rules want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from glance_docs_ext.notes import Change, Note
from glance_docs_ext.sphinx_ext.blocks import location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.sphinx_ext.positions import Positions

CHANGES = {
    'versionadded': Change.ADDED,
    'versionchanged': Change.CHANGED,
    'deprecated': Change.DEPRECATED,
    'versiondeprecated': Change.DEPRECATED,
    'versionremoved': Change.REMOVED,
}
HEADING = 'versionmodified'  # the class of the words that Sphinx puts before the author's


def find_notes(document: nodes.document, positions: Positions) -> Iterator[Note]:
    """Yield the version notes of a page, in its order."""
    for node in document.findall(addnodes.versionmodified):
        change = CHANGES.get(node['type'].replace('version-', 'version'))
        if change is not None:
            place = positions.inline(node['version'], *location(node))
            yield Note(change, node['version'], ' '.join(_words(node)), place)


def _words(node: nodes.Element) -> Iterator[str]:
    """Yield the paragraphs as reST: what is shown literally stands in double backquotes."""
    for paragraph in node.findall(nodes.paragraph):
        yield ''.join(map(_text, paragraph.children))


def _text(node: nodes.Node) -> str:
    """Return the text of a node; Sphinx wraps that of a short note in an ``inline`` of its own."""
    if isinstance(node, nodes.literal):
        return f'``{node.astext()}``'
    if not isinstance(node, nodes.inline):
        return node.astext()
    return '' if HEADING in node['classes'] else ''.join(map(_text, node.children))
