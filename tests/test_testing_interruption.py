"""However a test run ends, its servers end with it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing.interruption import SETPRIV
from glance_docs_ext.testing.leftovers import leftovers, sweep
from glance_docs_ext.testing.servers import folder_prefix
from tests.commands import python
from tests.engines import missing, require
from tests.waiting import DEADLINE, soon

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFTEST = "pytest_plugins = ['glance_docs_ext.testing.plugin']\n"
TEST = """
import time
from pathlib import Path

def test_a_server(start_{server}, server_folder, free_address):
    address = free_address()
    (server_folder / 'app.py').write_text(
        "def application(environ, start):\\n    start('200 OK', [])\\n    return [b'']\\n"
    )
    start_{server}({text!r}.replace('ADDRESS', str(address)), address)
    Path('started').touch()
    while True:
        try:
            time.sleep(1)
        except Exception:  # as code under test may do
            pass
"""
# Each with children of its own. This uWSGI takes SIGTERM for "load yourself anew".
SERVERS = {
    'uwsgi': '[uwsgi]\nhttp-socket = ADDRESS\nmaster = true\nprocesses = 2\nwsgi-file = app.py\n',
    'apache': '<VirtualHost *>\nServerName a\n</VirtualHost>\n',
    'nginx': 'server { listen ADDRESS; }\n',
}
PROGRAMS = {'apache': 'apache2'}


@pytest.fixture(autouse=True)
def place(tmp_path: Path) -> Iterator[Path]:
    """Put the server folders of a test where no other session removes them as left behind."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o755)  # servers run as an ordinary user
        patch.setattr(tempfile, 'tempdir', name)
        yield folder


@pytest.fixture(params=sorted(SERVERS))
def session(
    request: pytest.FixtureRequest, tmp_path: Path, place: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a run of pytest with a test that has started a server and goes on."""
    require(PROGRAMS.get(request.param, request.param))
    (tmp_path / 'conftest.py').write_text(CONFTEST)
    test = TEST.format(server=request.param, text=SERVERS[request.param])
    (tmp_path / 'test_it.py').write_text(test)
    command = [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--rootdir=.']
    with (tmp_path / 'log').open('wb') as log:
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env={
                **os.environ,
                'PYTEST_DISABLE_PLUGIN_AUTOLOAD': '1',
                'TMPDIR': str(place),
            },
            stdout=log,
            stderr=log,
        )
    try:
        assert soon((tmp_path / 'started').exists), (tmp_path / 'log').read_text()
        # The server, and what it starts: it listens before it does so.
        assert soon(lambda: len(processes(process.pid)) > 1), processes(process.pid)
        yield process
    finally:
        process.kill()
        process.wait()
        assert soon(lambda: not processes(process.pid)), processes(process.pid)


def processes(owner: int) -> list[str]:
    return [left for left in leftovers(owner) if left.startswith('process ')]


def folders(owner: int) -> list[str]:
    return [left for left in leftovers(owner) if left.startswith('folder ')]


def test_sigterm_ends_the_session_and_leaves_nothing(
    session: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    session.terminate()
    assert session.wait(DEADLINE) == pytest.ExitCode.INTERRUPTED
    assert leftovers(session.pid) == ()
    assert 'ended by SIGTERM' in (tmp_path / 'log').read_text()


def test_sigkill_ends_the_servers_and_the_next_session_removes_their_folder(
    session: subprocess.Popen[bytes],
) -> None:
    if not os.access(SETPRIV, os.X_OK):
        missing('setpriv')
    session.kill()
    session.wait()
    assert soon(lambda: not processes(session.pid)), processes(session.pid)
    (folder,) = leftovers(session.pid)
    assert folder.startswith('folder ')
    sweep()
    assert leftovers(session.pid) == ()


def test_the_folder_of_a_session_that_goes_on_is_not_swept_away(
    session: subprocess.Popen[bytes],
) -> None:
    (folder,) = folders(session.pid)
    sweep()
    assert folders(session.pid) == [folder]


def ended_process() -> int:
    with subprocess.Popen(['/bin/true']) as process:
        process.wait()
    return process.pid


def test_a_folder_that_is_locked_or_a_link_is_not_swept_away(tmp_path: Path, place: Path) -> None:
    owner = ended_process()
    kept = tmp_path / 'kept'
    kept.touch()
    link = place / f'{folder_prefix(owner)}link'
    link.symlink_to(tmp_path)
    locked = place / f'{folder_prefix(owner)}locked'
    locked.mkdir()
    lock = os.open(locked, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_SH)
    sweep()
    assert locked.is_dir()
    os.close(lock)
    sweep()
    assert not locked.exists()
    assert kept.exists()


SWALLOWED = """
import os, signal

class Noisy:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):  # the handler runs here, where nothing can be raised
            pass

def test_one():
    Noisy()

def test_two():
    raise SystemError('it went on')
"""


def test_sigterm_where_nothing_can_be_raised_ends_the_session_behind_the_test(
    tmp_path: Path,
) -> None:
    (tmp_path / 'conftest.py').write_text(CONFTEST)
    (tmp_path / 'test_it.py').write_text(SWALLOWED)
    command = ('-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--rootdir=.')
    done = python(*command, folder=tmp_path, PYTEST_DISABLE_PLUGIN_AUTOLOAD='1')
    assert done.returncode == pytest.ExitCode.INTERRUPTED, done.stdout
    assert 'ended by SIGTERM' in done.stdout
    assert 'it went on' not in done.stdout
