"""A server is waited for until all of it minds the signal that ends it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing import settling
from glance_docs_ext.testing.process import Server, running
from glance_docs_ext.testing.settling import settle

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

# Both begin as uWSGI does; the child is its worker.
CHILD = """
import signal, time
from pathlib import Path
time.sleep({seconds})
Path('minds').touch()
signal.signal(signal.SIGTERM, signal.SIG_DFL)
time.sleep(3600)
"""
MASTER = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, '-c', {child!r}])
signal.signal(signal.SIGTERM, signal.SIG_DFL)
print('started', flush=True)
time.sleep(3600)
"""


def master(folder: Path, seconds: float) -> AbstractContextManager[Server]:
    """Start a process whose child ignores SIGTERM for some seconds."""
    code = MASTER.format(child=CHILD.format(seconds=seconds))
    return running([sys.executable, '-c', code], folder, lambda server: server.read_log() != '')


def test_it_waits_for_a_child_that_ignores_the_signal_at_first(tmp_path: Path) -> None:
    if not Path('/proc/self/status').exists():
        pytest.skip('there is no /proc')
    with master(tmp_path, 1.0) as server:
        settle(server)
        assert (tmp_path / 'minds').exists()


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, 'SETTLE_DEADLINE', 0.5)
    with master(tmp_path, 3600) as server:
        begin = time.monotonic()
        settle(server)
        assert time.monotonic() - begin >= 0.5
        assert not (tmp_path / 'minds').exists()


def test_it_returns_at_once_where_the_server_has_ended(tmp_path: Path) -> None:
    with master(tmp_path, 0) as server:
        server.process.kill()
        server.wait()
    settle(server)
