"""The stylesheet: only on pages that show one of our blocks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from glance_docs_ext.sphinx_ext.compat import add_static_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = Path(__file__).parent / 'static'
FILE = 'glance-docs-ext.css'
CLASSES = frozenset({'configcheck', 'version-timeline'})
"""The classes of the nodes that the stylesheet is for."""


def add_stylesheet(app: Sphinx) -> None:
    """Have the stylesheet copied, and asked for where it is of use."""
    add_static_folder(app, FOLDER)
    app.connect('html-page-context', _ask_for_it)


def _ask_for_it(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    always = app.registry.html_assets_policy == 'always'
    if always or (doctree is not None and _has_our_nodes(doctree)):
        app.add_css_file(FILE)


def _has_our_nodes(doctree: nodes.document) -> bool:
    return any(CLASSES.intersection(node['classes']) for node in doctree.findall(nodes.Element))
