"""What all tests of the deployment share: the published blocks, and a Glance to run them with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing.published import read_blocks
from tests.deployment.glance import virtual_environment

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


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
def blocks(built_site: Path) -> dict[str, str]:
    """Return the blocks of our own site, taken out of its built pages, by name."""
    return read_blocks(built_site / 'html')


@pytest.fixture(scope='session')
def venv() -> Path:
    """Return the virtual environment of the pinned Glance."""
    return virtual_environment()
