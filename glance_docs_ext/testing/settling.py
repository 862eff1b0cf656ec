"""settle(): wait until every process of a uWSGI minds the signal that ends it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.testing.process import PAUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.testing.process import Server

PROCESSES = Path('/proc')
SETTLE_DEADLINE = 10.0  # seconds; a tenth of one on a quiet machine
IGNORED = 'SigIgn:'  # proc(5): a mask in hexadecimal digits; the lowest bit is signal 1


def settle(server: Server, *, workers: bool = True) -> None:
    """Wait until no process of ``server`` ignores SIGTERM, or `SETTLE_DEADLINE` is over.

    A worker that uWSGI has just forked misses the signal that the master passes on, and the master
    then waits for it for ever. It ignores SIGTERM until it has a handler of its own, and so does
    the master until it has forked all of its workers (measured with uWSGI 2.0.21, with and without
    router, threads and ``lazy-apps``; with these a worker loads its application first). Without
    ``/proc`` nothing is waited for.

    :param workers: whether those are looked at that the first process has started
    """
    end = time.monotonic() + SETTLE_DEADLINE
    ignored = _any_ignores if workers else _ignores
    while ignored(server.process.pid) and time.monotonic() < end:
        time.sleep(PAUSE)


def _any_ignores(group: int) -> bool:
    """Whether the first process of a group, or one that it has started, ignores SIGTERM."""
    # The master is looked at first: behind that the list of its workers is whole.
    return _ignores(group) or any(_ignores(process) for process in _members(group))


def _members(group: int) -> Iterator[int]:
    for entry in PROCESSES.glob('[0-9]*'):
        try:
            if os.getpgid(int(entry.name)) == group:
                yield int(entry.name)
        except (ProcessLookupError, PermissionError):
            continue


def _ignores(process: int) -> bool:
    """Whether a process that runs ignores SIGTERM."""
    try:
        status = (PROCESSES / str(process) / 'status').read_text(encoding='utf-8')
    except OSError:  # it has ended
        return False
    masks = (line.removeprefix(IGNORED) for line in status.splitlines() if line.startswith(IGNORED))
    return any(int(mask, 16) >> (signal.SIGTERM - 1) & 1 for mask in masks)
