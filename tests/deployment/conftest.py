"""What all tests of the deployment share: the built site, and a Glance to run its blocks with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests import site
from tests.deployment.glance import virtual_environment

if TYPE_CHECKING:
    from collections.abc import Generator

    from xdist.remote import Producer


class VariantScheduling(LoadScopeScheduling):
    """Sends all tests of a variant to one process, which starts it once, and each other test alone.

    That is xdist's ``--dist loadgroup``, of which pytest 9.2 and xdist 3.8 make plain ``load``.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition('[')[2] if 'test_variants.py' in nodeid else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> VariantScheduling:
    return VariantScheduling(config, log)


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
