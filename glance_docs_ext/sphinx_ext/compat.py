"""The one file that knows which Sphinx is running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import sphinx

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


def application(builder: Builder) -> Sphinx:
    """Return the application of ``builder``.

    ``Builder.app`` is deprecated since Sphinx 9.0, which has ``_app``; 8.x has only ``app``.
    """
    app: Sphinx = getattr(builder, '_app', None) or builder.app
    return app


def reading_state(env: BuildEnvironment) -> MutableMapping[str, Any]:
    """Return a mapping that lives as long as the page that is being read.

    Sphinx 8.2 made it an object (``env.current_document``) that is still used like a mapping.
    """
    return cast('MutableMapping[str, Any]', env.temp_data)


def add_static_folder(app: Sphinx, folder: Path) -> None:
    """Have the files of ``folder`` copied to ``_static`` of HTML output; call it in ``setup()``.

    ``Sphinx.add_static_dir`` came with 9.1. Before, the user's ``html_static_path`` is the only
    way: changed for all builders, as a value that differs has Sphinx read all pages again.
    """
    if sphinx.version_info >= (9, 1):
        add: Callable[[Path], None] = getattr(app, 'add_static_dir')  # noqa: B009  # not in 9.0
        add(folder)
        return

    def append(_app: Sphinx, config: Config) -> None:
        config.html_static_path = [*config.html_static_path, str(folder)]

    app.connect('config-inited', append)
