"""read_bytes(): what is in a file, or what somebody writes into a pipe, as a shell's ``<(…)``."""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path

PATIENCE = 1.0  # seconds that a pipe is waited for that nobody has opened to write


class NotAFileError(OSError):
    """There is a socket, a device, or a pipe that nobody writes into: it would never end."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, 'it is no regular file', path)


def read_bytes(path: str) -> bytes:
    """Return what is in a file or is written into a pipe.

    :raises NotAFileError: it is neither
    :raises OSError: it cannot be read
    :raises ValueError: there is a NUL in the name
    """
    if not is_special(path):
        return Path(path).read_bytes()
    if not Path(path).is_fifo():
        raise NotAFileError(path)
    # Who writes into a pipe with a name may open it a moment later than we.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), 'rb', 0) as pipe:
        first = pipe.read(1)  # None: somebody is about to write; b'': nobody has opened it
        if first == b'' and select.select([pipe], [], [], PATIENCE)[0]:
            first = pipe.read(1)
        if first == b'':
            raise NotAFileError(path)
        os.set_blocking(pipe.fileno(), True)
        return (first or b'') + pipe.read()


def is_special(path: str) -> bool:
    """Whether ``path`` is there and no regular file: a pipe, a socket, a device."""
    return Path(path).exists() and not Path(path).is_file()
