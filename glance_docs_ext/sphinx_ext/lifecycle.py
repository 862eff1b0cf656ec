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
    """Yield the text as reST: what is shown literally stands in double backquotes."""
    for paragraph in node.findall(nodes.paragraph):
        parts = []
        for child in paragraph.children:
            if isinstance(child, nodes.literal):
                parts.append(f'``{child.astext()}``')
            elif HEADING not in getattr(child, 'attributes', {}).get('classes', ()):
                parts.append(child.astext())
        yield ''.join(parts)
