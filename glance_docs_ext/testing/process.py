"""running(): a server in the foreground, from its first answer to its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.testing.interruption import bound_to_us

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from glance_docs_ext.endpoints import Address

START_DEADLINE = 90.0  # seconds; uWSGI with Glance takes up to 10 on a busy machine
STOP_DEADLINE = 15.0
KILL_DEADLINE = 5.0  # for the kernel, and for init to take note
PAUSE = 0.02
LOG_TAIL = 4000  # characters of the log in an error


class ServerError(GlanceDocsError):
    """A server did not start, or did not stop; the message ends with its log."""


@dataclass(frozen=True)
class Server:
    """A running server: its process, and the file that takes what it writes."""

    process: subprocess.Popen[bytes]
    log: Path

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server itself, not to its workers."""
        self.process.send_signal(number)

    def wait(self, deadline: float = STOP_DEADLINE) -> int:
        """Return the exit status of a server that is about to end.

        :raises ServerError: it is still there after ``deadline`` seconds
        """
        try:
            return self.process.wait(deadline)
        except subprocess.TimeoutExpired:
            raise ServerError(f'still running after {deadline:g} s\n{self.read_log()}') from None

    def read_log(self) -> str:
        """Return the end of what the server wrote."""
        return self.log.read_text(encoding='utf-8', errors='replace')[-LOG_TAIL:]


@contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    ready: Callable[[Server], bool],
    *,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Iterator[Server]:
    """Start ``command`` in a session of its own, wait until it is ``ready``, end it at last.

    It is ended by its own process id with SIGTERM; what is left of its session after
    `STOP_DEADLINE` seconds is killed. Where the caller is killed, the kernel sends it SIGINT.

    :param folder: where it runs, and where its log is written
    :param environment: its whole environment but for PATH
    :param user: whom it runs as, where the caller is root
    :raises ServerError: it ends before it is ready, or is not within `START_DEADLINE` seconds
    """
    log = folder / f'{os.path.basename(command[0])}.log'  # noqa: PTH119  # a name, not a path
    with log.open('wb') as output:
        process = subprocess.Popen(  # noqa: S603  # the caller's own command, no shell
            bound_to_us(command),
            cwd=folder,
            env={'PATH': os.defpath, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )
    server = Server(process, log)
    try:
        _wait(server, ready)
        yield server
    finally:
        _end(process)


def answers(address: Address) -> bool:
    """Whether somebody accepts connections at ``address``."""
    family = socket.AF_UNIX if address.path else socket.AF_INET
    with socket.socket(family) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address.path or (address.host, address.port))
        except OSError:
            return False
        return True


def _wait(server: Server, ready: Callable[[Server], bool]) -> None:
    end = time.monotonic() + START_DEADLINE
    while not ready(server):
        status = server.process.poll()
        if status is not None:
            raise ServerError(f'ended with status {status}\n{server.read_log()}')
        if time.monotonic() > end:
            raise ServerError(f'not ready after {START_DEADLINE:g} s\n{server.read_log()}')
        time.sleep(PAUSE)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server and all of its session, also where the caller is interrupted meanwhile."""
    try:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_DEADLINE)
    finally:
        with suppress(ProcessLookupError):  # the session's group has the id of its first process
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_DEADLINE)
        _wait_for_group(process.pid)


def _wait_for_group(group: int) -> None:
    """Wait until the processes of a group, which were killed, are gone."""
    end = time.monotonic() + KILL_DEADLINE
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(PAUSE)
