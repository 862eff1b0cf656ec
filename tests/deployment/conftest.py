"""What all tests of the deployment share: the built site, and a Glance to run its blocks with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import site
from tests.deployment.glance import virtual_environment

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers wrote beside a failure: they are gone when a person looks."""
    report = yield
    servers = getattr(item, 'funcargs', {}).get('running')
    if report.failed and servers is not None:
        report.sections.append(('The servers', servers.logs()))
    return report


@pytest.fixture(scope='session')
def published_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return our own site as HTML: that of ``--built-site``, or else built now."""
    if given := request.config.getoption('--built-site'):
        return Path(given)
    folder = tmp_path_factory.mktemp('site')
    run = site.build('html', folder, '-d', str(folder / 'doctrees'))
    if run.returncode:
        pytest.fail(f'the site does not build: {run.stdout}{run.stderr}', pytrace=False)
    return folder / 'html'


@pytest.fixture(scope='session')
def venv() -> Path:
    """Return the virtual environment of the pinned Glance."""
    return virtual_environment()
