"""Tabs of sphinx-tabs in every form: one doctree for all builders, titles where nothing is clicked.

sphinx-tabs 3.5 looks at the builder's name while a page is read. For one that it does not know it
reads the content of each tab twice: every ``:name:`` in it is a duplicate. A doctree that another
builder made has all titles first and then all contents. So it is told to know every builder, and
tabs are written out when a page is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

BUILDERS = 'sphinx_tabs_valid_builders'
PRINTED = frozenset({'epub'})
"""Builders whose form is HTML, for readers that run no scripts."""


def read_alike(app: Sphinx, config: Config) -> None:
    """Have sphinx-tabs, where it is loaded, read tabs the same way for all builders."""
    if BUILDERS in config:
        config[BUILDERS] = sorted({*config[BUILDERS], *app.registry.builders})


def write_out(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put the title of each tab in front of its content, where nothing can be clicked."""
    if app.builder.format == 'html' and app.builder.name not in PRINTED:
        return
    for tabs in list(doctree.findall(nodes.container)):
        if 'sphinx-tabs' in tabs['classes']:
            tabs.replace_self(nodes.container('', *_written_out(tabs)))


def _written_out(tabs: nodes.Element) -> Iterator[nodes.Node]:
    """Yield title, content, title, content of what is now all titles, content, content."""
    titles, *panels = tabs.children
    for title, panel in zip(titles.children, panels, strict=True):
        yield nodes.rubric('', '', *title.children)
        yield nodes.container('', *panel.children)
