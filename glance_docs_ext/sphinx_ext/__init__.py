"""setup(app): every name we add to Sphinx, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything; see each module for what it does."""
    app.require_sphinx('8.1')
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
