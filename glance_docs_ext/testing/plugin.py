"""A pytest plugin: prove the configuration of a built site by running it.

To use it, say so in the ``conftest.py`` at the top of your tests::

    pytest_plugins = ['glance_docs_ext.testing.plugin']

``pytest --built-site DIR`` names the HTML pages that Sphinx has built. Their named blocks come as
the fixture ``blocks``; ``start_uwsgi``, ``start_apache`` and ``start_nginx`` run servers until the
test ends; at the end of the session nothing may be left of them. With
``--deployment-report FILE`` the variants whose tests have all passed are written down.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

import pytest

from glance_docs_ext.endpoints import Address
from glance_docs_ext.testing import servers
from glance_docs_ext.testing.interruption import exit_on_sigterm
from glance_docs_ext.testing.leftovers import leftovers, sweep
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.published import read_blocks
from glance_docs_ext.testing.report import Follower, Reporter
from glance_docs_ext.testing.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from glance_docs_ext.testing.process import Server
    from glance_docs_ext.testing.servers import UwsgiBinary

RUNS: pytest.StashKey[Runs] = pytest.StashKey()
MARKER = (
    'proves(variant, setup=""): the test has to pass before the variant is proved '
    '(glance_docs_ext.testing.plugin)'
)


def require(program: str) -> str:
    """Return the absolute path of ``program``, or skip the test.

    With ``CONFIGCHECK_REQUIRE_ENGINES`` in the environment, as CI has it, the test fails instead.
    """
    return servers.find_program(program) or missing(program)


def missing(thing: str) -> NoReturn:
    """Skip the test, or fail it where the engines are required, for want of ``thing``."""
    reason = f'{thing} is not installed (bindep.txt names its package)'
    if os.environ.get('CONFIGCHECK_REQUIRE_ENGINES', '0') not in {'', '0'}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


# The site and its blocks.


@pytest.fixture(scope='session')
def published_site(request: pytest.FixtureRequest) -> Path:
    """Return the folder with the HTML pages; define a fixture of this name to build them."""
    site = request.config.getoption('--built-site')
    if site is None:
        pytest.fail('say with --built-site DIR where the built HTML pages are', pytrace=False)
    return Path(site)


@pytest.fixture(scope='session')
def blocks(published_site: Path) -> dict[str, str]:
    """Return the text of every block with a ``:name:``, by that name."""
    return read_blocks(published_site)


# Servers, until the end of the test.


class StartUwsgi(Protocol):
    """Starts uWSGI with an ini text; see `servers.uwsgi`."""

    def __call__(
        self,
        text: str,
        address: Address,
        *,
        binary: UwsgiBinary | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Server: ...


class StartApache(Protocol):
    """Starts Apache with a configuration and the modules it needs; see `servers.apache`."""

    def __call__(
        self,
        text: str,
        address: Address,
        *,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Server: ...


class StartNginx(Protocol):
    """Starts nginx with the inside of an ``http`` block; see `servers.nginx`."""

    def __call__(self, text: str, address: Address) -> Server: ...


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Yield a new folder that the servers' user owns: their configuration, sockets and logs."""
    with servers.server_folder() as folder:
        yield folder


@pytest.fixture
def free_address() -> Callable[[], Address]:
    """Return a function that returns an address of the loopback interface that nobody has."""
    return lambda: Address('127.0.0.1', free_port())


@pytest.fixture
def _running(server_folder: Path) -> Iterator[ExitStack]:  # noqa: ARG001  # ended before it goes
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def start_uwsgi(server_folder: Path, _running: ExitStack) -> StartUwsgi:
    """Return a function that runs uWSGI in ``server_folder``, once a test."""

    def start(
        text: str,
        address: Address,
        *,
        binary: UwsgiBinary | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Server:
        require(binary.program if binary else 'uwsgi')
        server = servers.uwsgi(text, server_folder, address, binary=binary, environment=environment)
        return _running.enter_context(server)

    return start


@pytest.fixture
def start_apache(server_folder: Path, _running: ExitStack) -> StartApache:
    """Return a function that runs Apache in ``server_folder``, once a test."""

    def start(
        text: str,
        address: Address,
        *,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Server:
        require('apache2')
        server = servers.apache(
            text, server_folder, address, modules=modules, environment=environment
        )
        return _running.enter_context(server)

    return start


@pytest.fixture
def start_nginx(server_folder: Path, _running: ExitStack) -> StartNginx:
    """Return a function that runs nginx in ``server_folder``, once a test."""

    def start(text: str, address: Address) -> Server:
        require('nginx')
        return _running.enter_context(servers.nginx(text, server_folder, address))

    return start


@pytest.fixture(scope='session', autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail at the end of the session where a server, a socket or a folder of one is left.

    What sessions that were killed have left is removed at the start.
    """
    sweep()
    yield
    if left := leftovers():
        pytest.fail('\n'.join(['the servers of these tests have left behind:', *left]), False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers wrote beside a failure: they are gone when a person looks."""
    report = yield
    folder = getattr(item, 'funcargs', {}).get('server_folder')
    if report.failed and isinstance(folder, Path) and folder.is_dir():
        report.sections.append(('What the servers wrote', servers.read_logs(folder)))
    return report


# The report.


class RecordProof(Protocol):
    """Notes with what a variant runs: the texts of its blocks, the versions of the programs."""

    def __call__(
        self,
        variant: str,
        blocks: Mapping[str, str],
        versions: Mapping[str, str],
        *,
        setup: str = '',
    ) -> None: ...


@pytest.fixture(scope='session')
def record_proof(request: pytest.FixtureRequest) -> RecordProof:
    """Return a function that notes with what a variant runs; its tests are marked ``proves``."""
    runs = request.config.stash[RUNS]

    def record(
        variant: str, blocks: Mapping[str, str], versions: Mapping[str, str], *, setup: str = ''
    ) -> None:
        runs.use((variant, setup), blocks, versions)

    return record


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup('configcheck', 'prove what a built site publishes')
    group.addoption(
        '--built-site', metavar='DIR', help='the HTML pages whose blocks are to be proved'
    )
    group.addoption(
        '--deployment-report',
        metavar='FILE',
        help='write which variants have passed all of their tests; others in FILE stay as they are',
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, and follow the tests where a report is wanted."""
    config.addinivalue_line('markers', MARKER)
    runs = config.stash[RUNS] = Runs()
    if file := config.getoption('--deployment-report'):
        config.pluginmanager.register(Follower(runs), 'configcheck-follower')
        if not hasattr(config, 'workerinput'):
            config.pluginmanager.register(Reporter(Path(file), runs), 'configcheck-report')


def pytest_sessionstart(session: pytest.Session) -> None:
    """See to it that SIGTERM, too, ends the servers."""
    exit_on_sigterm(session)
