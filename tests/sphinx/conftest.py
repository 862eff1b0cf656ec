"""What the tests of the Sphinx side share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    """Return a project without pages, in a folder of its own."""
    return SmallProject(tmp_path.resolve() / 'source', make_app)
