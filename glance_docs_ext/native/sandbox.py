"""Run a real engine where it can do no harm.

Reading a configuration is not harmless: uWSGI runs commands while it parses, Apache loads code and
quotes foreign files in its messages, nginx opens and creates files. So an engine runs in bubblewrap
with a view of its own: ``/usr`` to read, made-up users, the text, and nothing else of the machine.
No network, no ``/proc`` (``/proc/1/environ`` shows the environment that ``--clearenv`` takes away),
no environment, no capabilities, no second process; five seconds, a bounded amount of output, memory
and file size.
There is no other way to run one: where bubblewrap does not work, nothing runs.
"""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.native.alone import alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SECONDS = 5.0  # an engine answers in a tenth of one
MOST_OUTPUT = 256 * 1024  # bytes; a message is a line or two
MOST_SPACE = 64 * 1024 * 1024  # bytes that may be written; they are memory
# The shell's built-in sets what the engine may use: no core file, 64 MB in a file, 1 GB of memory,
# and as much again of addresses, which zones of nginx take and do not fill. Of the engines Apache
# takes most, 550 MB for a text of 2.5 MB; what people write costs 5 MB, and 75 MB of addresses.
LIMITED = 'ulimit -c 0; ulimit -f 131072; ulimit -d 1048576; ulimit -v 2097152; exec "$@"'

NOBODY = 65534
USERS = (
    'root', 'daemon', 'bin', 'nginx', 'apache', 'httpd', 'uwsgi', 'glance', 'nova', 'keystone',
    'swift', 'horizon', 'www-data',
)  # fmt: skip
"""Who exists in the sandbox: the users of the servers, by the names that distributions give them;
and ``nobody``, who the engine runs as."""

PLACES = ('/usr/sbin', '/usr/bin')  # /usr is all that the sandbox sees, and PATH is the caller's
LINKS = (('usr/lib', '/lib'), ('usr/lib64', '/lib64'), ('usr/bin', '/bin'), ('usr/sbin', '/sbin'))
SCRATCH = ('/tmp', '/run', '/var/tmp')  # noqa: S108  # the sandbox's own
SHARED = '/dev/shm'  # noqa: S108


class SandboxError(GlanceDocsError):
    """An engine cannot be asked here: it, or bubblewrap, is missing or does not start."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of running an engine.

    ``stopped`` says why we ended it, '' where it ended itself; ``signal`` is what it died of, 0
    where it exited with ``status``.
    """

    status: int
    output: str
    stopped: str = ''
    signal: int = 0


def program(name: str) -> Path:
    """Return the absolute path of an engine; links, which may lead through ``/etc``, are followed.

    :raises SandboxError: it is not installed where the sandbox sees it
    """
    found = shutil.which(name, path=os.pathsep.join(PLACES))
    if found is None:
        raise SandboxError(f'{name} is not installed: expected it in {" or ".join(PLACES)}')
    return Path(found).resolve()


def run(
    command: Sequence[str | Path],
    files: Mapping[str, bytes],
    *,
    folders: Iterable[str] = (),
    visible: Iterable[str | Path] = (),
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run ``command``, its output and its errors together.

    :param command: the program by its absolute path, and its arguments
    :param files: content by the absolute path that the engine reads it under
    :param folders: absolute paths of empty folders that it finds
    :param visible: absolute paths of this machine, outside ``/usr``, that it may read as well
    :raises SandboxError: there is no bubblewrap, or it does not start here
    """
    if not Path(command[0]).is_absolute():
        raise ValueError(f'expected an absolute path, found {command[0]!r}')
    bwrap = bubblewrap()
    with ExitStack() as open_files:
        contents = {path: _file(text, open_files) for path, text in {**_people(), **files}.items()}
        view = [*_view(visible), *_shown(contents)]
        filters = [_file(program, open_files) for program in (alone(),) if program]
        view += [word for number in filters for word in ('--seccomp', str(number))]
        view += [word for folder in folders for word in ('--dir', folder)]
        for variable, value in (environment or {}).items():
            view += ['--setenv', variable, value]
        process = subprocess.Popen(  # noqa: S603  # absolute programs; the text is a file
            [bwrap, *view, '/bin/sh', '-c', LIMITED, 'sh', *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(*contents.values(), *filters),
        )
        with process:
            try:
                output, stopped = _read(process)
            finally:
                _end(process)
    return _outcome(process.returncode, output.decode('utf-8', 'replace'), stopped)


def bubblewrap() -> str:
    """Return the path of bubblewrap.

    :raises SandboxError: it is not installed
    """
    bwrap = shutil.which('bwrap', path=os.pathsep.join(PLACES))
    if bwrap is None:
        raise SandboxError(
            'bubblewrap is not installed, and no engine is run without it: install the package '
            'bubblewrap, or check without the engines'
        )
    return bwrap


def _view(visible: Iterable[str | Path]) -> Iterator[str]:
    """Yield the options for what the engine sees, and for what it may do."""
    yield from ('--unshare-all', '--die-with-parent', '--new-session', '--clearenv')
    yield from ('--cap-drop', 'ALL', '--uid', str(NOBODY), '--gid', str(NOBODY))
    size = ('--size', str(MOST_SPACE))  # all that bubblewrap makes is memory
    yield from (*size, '--tmpfs', '/', '--ro-bind', '/usr', '/usr')
    yield from ('--dev', '/dev', *size, '--tmpfs', SHARED, '--remount-ro', '/dev')
    for target, link in LINKS:
        yield from ('--symlink', target, link)
    for folder in SCRATCH:
        yield from (*size, '--tmpfs', folder)
    for path in visible:
        yield from ('--ro-bind', str(path), str(path))


def _file(content: bytes, open_files: ExitStack) -> int:
    """Return a file by its number: in memory, so that nothing is left of it if we are killed."""
    number = os.memfd_create('configcheck')
    file = open_files.enter_context(os.fdopen(number, 'w+b'))
    file.write(content)
    file.seek(0)
    return file.fileno()


def _shown(contents: Mapping[str, int]) -> Iterator[str]:
    """Yield the options that show each file under its path."""
    for path, number in contents.items():
        yield from ('--ro-bind-data', str(number), path)


def _people() -> dict[str, bytes]:
    """Return ``/etc/passwd`` and ``/etc/group`` of the sandbox: nobody of this machine."""
    people = [(user, number) for number, user in enumerate(USERS)] + [('nobody', NOBODY)]
    groups = [*people, ('nogroup', NOBODY)]
    return {
        '/etc/passwd': ''.join(f'{user}:x:{n}:{n}::/:/bin/false\n' for user, n in people).encode(),
        '/etc/group': ''.join(f'{group}:x:{n}:\n' for group, n in groups).encode(),
    }


def _read(process: subprocess.Popen[bytes]) -> tuple[bytes, str]:
    """Return what the process prints, and why we do not wait for more ('': it has ended)."""
    assert process.stdout is not None  # noqa: S101  # it is a pipe
    late = f'it gave no answer in {SECONDS:.0f} seconds'
    deadline = time.monotonic() + SECONDS
    output = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while len(output) < MOST_OUTPUT:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return bytes(output), late
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                break
            output += piece
        else:
            return bytes(output[:MOST_OUTPUT]), f'it printed more than {MOST_OUTPUT} bytes'
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return bytes(output), late
    return bytes(output), ''


def _end(process: subprocess.Popen[bytes]) -> None:
    """End bubblewrap, and with it all that runs inside (``--die-with-parent``)."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _outcome(status: int, output: str, stopped: str) -> Run:
    if status != 0 and output.startswith('bwrap: ') and not stopped:
        raise SandboxError(
            f'bubblewrap does not start here: {output.removeprefix("bwrap: ").strip()}'
        )
    # Bubblewrap, like a shell, adds 128 to the signal that its child died of.
    died = -status if status < 0 else status - 128 if status > 128 else 0
    return Run(status, output, stopped, 0 if stopped else died)
