"""What several test modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from glance_docs_ext import checker
from glance_docs_ext.native import sandbox
from tests import site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from glance_docs_ext.source import Source

# No deadlines: a busy machine is no fault. --hypothesis-profile=deep looks further, and elsewhere.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile('fixed', PATIENT, derandomize=True, max_examples=60, database=None)
settings.register_profile('deep', PATIENT, max_examples=3000)
settings.load_profile('fixed')

pytest_plugins = ['sphinx.testing.fixtures', 'glance_docs_ext.testing.plugin']


@pytest.fixture(scope='session', autouse=True)
def faults_of_ours_are_raised() -> Iterator[None]:
    """Let a rule that fails fail the test; a user is told of it and the build goes on."""

    def fail(_part: str, error: Exception, _block: Source) -> NoReturn:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checker, 'fault', fail)
        yield


@pytest.fixture(scope='session', autouse=True)
def engines_may_take_their_time() -> Iterator[None]:
    """Wait longer for an engine than users do: it is not late because the machine is busy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, 'SECONDS', 120.0)
        yield


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, without the colours and wishes of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv('NO_COLOR', raising=False)
    return tmp_path


@pytest.fixture(scope='session')
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with our own site as ``html``, ``text`` and ``configcheck``."""
    folder = tmp_path_factory.mktemp('site')
    for builder in ('html', 'text', 'configcheck'):
        run = site.build(builder, folder, '-d', str(folder / f'{builder}.doctrees'))
        if run.returncode:
            pytest.fail(f'the site does not build: {run.stdout}{run.stderr}', pytrace=False)
    return folder
