"""free_port(): a TCP port for a server that is about to start."""

from __future__ import annotations

import socket
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING

from glance_docs_ext.testing.process import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = '127.0.0.1'
HUNDREDS = range(20_000, 32_700, 100)
"""Below 32768, from where on Linux chooses the port of a connection, or of a server that names
none; above those of usual servers."""


def free_port() -> int:
    """Return a TCP port of the loopback interface that nobody listens on, and that stays so.

    A port that the kernel chose (port 0) may be given to somebody else before the server takes it.
    So each process has a hundred ports of its own, and gives them out in turn.

    :raises ServerError: none is free
    """
    _first, others = _own_ports()
    for port in islice(others, HUNDREDS.step - 1):
        if _is_free(port):
            return port
    raise ServerError(f'no port of {HOST} is free among the hundred that this process took')


@cache
def _own_ports() -> tuple[socket.socket, Iterator[int]]:
    """Return the first port of a hundred, which nobody else can bind while we live; the others."""
    for first in HUNDREDS:
        held = socket.socket()
        try:
            held.bind((HOST, first))
        except OSError:  # another process has this hundred
            held.close()
        else:
            return held, cycle(range(first + 1, first + HUNDREDS.step))
    raise ServerError(
        f'every hundredth port of {HOST} from {HUNDREDS[0]} to {HUNDREDS[-1]} is in use'
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a connection that has ended keeps its port for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
