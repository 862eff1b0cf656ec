"""leftovers(), sweep(): what servers and tests have left on the machine."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from glance_docs_ext.testing.servers import FOLDER, folder_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

PROCESSES = Path('/proc')
OWNER = re.compile(r'[1-9][0-9]{0,8}')


def leftovers(owner: int | None = None) -> tuple[str, ...]:
    """Return what is left of the server folders of a process, in words: nothing, at best.

    That is a folder (with the files and UNIX sockets in it), or a process that runs in one or was
    given one as an argument, as every server is; a TCP port is held by such a process. What runs as
    another user is seen by root only; without ``/proc``, processes are not seen at all.

    :param owner: the id of the process that made the folders; None for this one
    """
    name = folder_prefix(owner or os.getpid())
    folders = (f'folder {path}' for path in sorted(Path(gettempdir()).glob(f'{name}*')))
    return (*folders, *_processes(str(Path(gettempdir(), name))))


def sweep() -> None:
    """Remove the server folders whose owner was killed, as with SIGKILL, and could not do it.

    A folder stays where its owner, or a server in it, runs, and where it is locked: its owner may
    be in another container that shares the folder of temporary files.
    """
    for folder in Path(gettempdir()).glob(f'{FOLDER}*-*'):
        owner = folder.name.removeprefix(FOLDER).partition('-')[0]
        if OWNER.fullmatch(owner) and not (_is_alive(int(owner)) or any(_processes(str(folder)))):
            _remove(folder)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True


def _remove(folder: Path) -> None:
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # it is gone, or another user's
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(lock)


def _processes(prefix: str) -> Iterator[str]:
    for entry in sorted(PROCESSES.glob('[0-9]*')):
        if entry.name == str(os.getpid()):
            continue
        try:
            command = _command(entry)
            place = os.readlink(entry / 'cwd')  # noqa: PTH115  # it may be gone: only its name counts
        except OSError:  # it has ended, or is another user's
            continue
        if prefix in place or prefix in command:
            yield f'process {entry.name} ({command}) in {place}'


def _command(process: Path) -> str:
    """Return the command line of a process, or as ps(1) does its name where it has none as yet."""
    words = (process / 'cmdline').read_bytes().replace(b'\0', b' ') or (
        b'[%s]' % (process / 'comm').read_bytes().strip()
    )
    return words.decode(errors='replace').strip()
