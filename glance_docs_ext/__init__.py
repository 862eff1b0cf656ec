"""Documentation whose configuration examples are right, and stay right.

A Sphinx extension: ``extensions = ['glance_docs_ext']`` checks every uWSGI, Apache and nginx block.
Without Sphinx, `glance_docs_ext.checker` and the command ``configcheck`` do the same for files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = '0.1.0'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the extension up; Sphinx calls this."""
    # Imported here: all the rest of the package runs where Sphinx is not installed.
    from glance_docs_ext import sphinx_ext  # noqa: PLC0415

    return sphinx_ext.setup(app)
