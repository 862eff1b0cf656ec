"""Included files: which of their lines a page shows.

docutils counts the lines of an included file from where its ``include`` begins to take it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.sphinx_ext.compat import reading_state
from glance_docs_ext.sphinx_ext.domain import INCLUDED
from glance_docs_ext.sphinx_ext.positions import File

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def note_excerpt(app: Sphinx, relative: Path, _parent: str, content: list[str]) -> None:
    """Keep which lines of the file ``content`` is; on ``include-read``."""
    path = str((Path(app.srcdir) / relative).resolve())
    file = File.read(path, app.config.source_encoding)
    if file is not None:
        parts = reading_state(app.env).setdefault(INCLUDED, {})
        parts.setdefault(path, []).append(file.excerpt(content[0]))
