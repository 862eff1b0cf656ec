"""What several test modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import site

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ['sphinx.testing.fixtures', 'glance_docs_ext.testing.plugin']


@pytest.fixture(scope='session')
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with our own site as ``html``, ``text`` and ``configcheck``."""
    folder = tmp_path_factory.mktemp('site')
    for builder in ('html', 'text', 'configcheck'):
        run = site.build(builder, folder, '-d', str(folder / f'{builder}.doctrees'))
        if run.returncode:
            pytest.fail(f'the site does not build: {run.stdout}{run.stderr}', pytrace=False)
    return folder
