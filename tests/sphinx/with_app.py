"""``with_app`` of ``sphinx-testing``, fit for functions of pytest.

``functools.wraps`` leaves ``__wrapped__``, by which pytest would ask for a fixture ``app``.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import StringIO

    from sphinx.application import Sphinx

sphinx_testing = pytest.importorskip('sphinx_testing')


def with_page(**settings: Any) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Build the docstring of a function as a page; call it with the app and the warnings."""

    def decorate(function: Callable[..., None]) -> Callable[[], None]:
        @wraps(function)
        def test(app: Sphinx, _status: StringIO, warning: StringIO) -> None:
            function(app, warning)

        wrapped: Callable[[], None] = sphinx_testing.with_app(
            create_new_srcdir=True,
            write_docstring=True,
            confoverrides={'extensions': ['glance_docs_ext'], **settings},
        )(test)
        del wrapped.__dict__['__wrapped__']
        return wrapped

    return decorate
