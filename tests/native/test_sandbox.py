"""What runs in the sandbox sees nothing of this machine, changes nothing, and ends in time."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.native import alone as alone_module
from glance_docs_ext.native import sandbox
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.native.sandbox import Run

SECRET = 'a-secret-of-this-machine'


@pytest.fixture(autouse=True)
def bubblewrap() -> str:
    return require('bwrap')


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take back what lets the scripts of these tests call other programs."""
    monkeypatch.undo()


@pytest.fixture(autouse=True)
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the scripts of these tests call other programs."""
    monkeypatch.setattr(sandbox, 'alone', bytes)


@pytest.fixture
def foreign() -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that has nothing to do with the sandbox."""
    with subprocess.Popen(['/bin/sleep', '3600']) as process:
        yield process
        process.kill()


def sh(script: str) -> Run:
    return sandbox.run(['/bin/sh', '-c', script], {})


def test_it_answers_with_the_status_and_all_that_was_printed() -> None:
    run = sh('echo out; echo err >&2; exit 3')
    assert (run.status, sorted(run.output.split()), run.stopped, run.signal) == (
        3, ['err', 'out'], '', 0,
    )  # fmt: skip


def test_files_of_the_caller_are_read_and_cannot_be_written() -> None:
    run = sandbox.run(['/bin/sh', '-c', 'cat /conf/x; echo y > /conf/x'], {'/conf/x': b'text\n'})
    assert run.output.startswith('text\n')
    assert run.status != 0


def test_nothing_outside_is_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    run = sh(
        f'echo x > {tmp_path}/x; mkdir -p {tmp_path} && echo x > {tmp_path}/x; echo x > /usr/x'
    )
    assert not list(tmp_path.iterdir())
    assert not Path('/usr/x').exists()
    assert 'Read-only file system' in run.output


def test_it_needs_no_folder_that_could_be_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, 'tempdir', '/nowhere')
    assert sandbox.run(['/bin/cat', '/conf/x'], {'/conf/x': b'text\n'}).output == 'text\n'


@pytest.mark.parametrize(
    'path', ['/etc/shadow', '/etc/hostname', '/root', '/home', '/var/log', '/proc/1', '/sys/class']
)
def test_nothing_of_the_machine_is_there(path: str) -> None:
    assert sh(f'test -e {path}').status == 1


def test_the_users_are_made_up() -> None:
    users = sh('cat /etc/passwd').output
    assert 'www-data:' in users
    assert not set(users.splitlines()) & set(Path('/etc/passwd').read_text().splitlines())


def test_the_environment_of_the_caller_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('CONFIGCHECK_SECRET', SECRET)
    run = sh('env; cat /proc/*/environ')
    assert SECRET not in run.output
    assert 'PATH=' not in run.output


def test_there_is_no_network() -> None:
    with socket.create_server(('127.0.0.1', 0)) as server:
        port = server.getsockname()[1]
        call = f'import socket; socket.create_connection(("127.0.0.1", {port}), 2)'
        run = sandbox.run([sandbox.program('python3'), '-c', call], {})
        assert 'ConnectionRefusedError' in run.output
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_other_process_is_reached(foreign: subprocess.Popen[bytes]) -> None:
    run = sh(f'kill -9 {foreign.pid}')
    assert run.status != 0
    assert foreign.poll() is None


def test_it_is_nobody_and_may_do_nothing() -> None:
    assert sh('id -u; id -g').output.split() == ['65534', '65534']
    assert sh('mount -t tmpfs x /tmp').status != 0


def test_a_silent_engine_is_ended_with_all_its_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, 'SECONDS', 1.0)
    sleep = f'sleep 3600.{os.getpid()}'  # such as no other run of these tests has
    run = sh(f'mkfifo /tmp/fifo; ({sleep} & setsid {sleep} &); cat /tmp/fifo')
    assert 'no answer' in run.stopped
    end = time.monotonic() + 60
    while left := [pid for pid in _processes() if sleep in _command(pid)]:
        assert time.monotonic() < end, left
        time.sleep(0.05)


def test_an_engine_that_closes_its_output_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, 'SECONDS', 1.0)
    assert 'no answer' in sh('exec >&- 2>&-; sleep 3600').stopped


def test_output_has_a_bound() -> None:
    run = sh('yes')
    assert 'printed more' in run.stopped
    assert len(run.output) == sandbox.MOST_OUTPUT


def test_memory_and_files_have_a_bound() -> None:
    for size in (8 << 30, 1 << 30):
        taken = sandbox.run([sandbox.program('python3'), '-c', f'bytearray({size})'], {})
        assert 'MemoryError' in taken.output
    written = sh('head -c 100000000 /dev/zero > /tmp/x; wc -c < /tmp/x')
    assert int(written.output.split()[-1]) <= sandbox.MOST_SPACE


@pytest.mark.parametrize('folder', ['', '/tmp', '/dev/shm', '/srv/made'])
def test_all_that_is_written_in_a_place_has_a_bound(folder: str) -> None:
    fill = 'for i in 1 2 3; do head -c 30000000 /dev/zero > $i; done; cat 1 2 3 | wc -c'
    script = f'cd {folder}/ && {fill}'
    run = sandbox.run(['/bin/sh', '-c', script], {}, folders=['/srv/made'])
    assert 'No space left' in run.output
    assert int(run.output.split()[-1]) <= sandbox.MOST_SPACE


def test_no_device_is_added() -> None:
    assert 'Read-only file system' in sh('echo x > /dev/x').output


def test_the_limits_are_those_of_all_that_runs() -> None:
    limits = sh('ulimit -c; ulimit -f; ulimit -d; ulimit -v').output.split()
    assert limits == ['0', '131072', '1048576', '2097152']


def test_a_place_that_is_shown_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    script = f'ls -d {tmp_path} && echo x > {tmp_path}/x'
    run = sandbox.run(['/bin/sh', '-c', script], {}, visible=[tmp_path])
    assert run.output.startswith(str(tmp_path))
    assert 'Read-only file system' in run.output
    assert not list(tmp_path.iterdir())


def test_it_reads_nothing_of_what_the_caller_is_given() -> None:
    reads, writes = os.pipe()
    given = os.dup(0)
    try:
        os.write(writes, SECRET.encode())
        os.dup2(reads, 0)
        assert sh('head -c 24').output == ''
    finally:
        os.dup2(given, 0)
        for number in (reads, writes, given):
            os.close(number)


def test_it_has_a_session_of_its_own() -> None:
    """So it cannot put words into the terminal of the caller."""
    run = sandbox.run([sandbox.program('python3'), '-c', 'import os; print(os.getsid(0))'], {})
    assert int(run.output) > 0


def test_an_engine_that_goes_on_talking_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, 'SECONDS', 0.5)
    assert 'no answer' in sh('while :; do echo x; sleep 0.01; done').stopped


def test_a_signal_is_told_from_an_exit_status() -> None:
    assert sh('kill -SEGV $$').signal == 11


def test_programs_are_named_by_their_whole_path() -> None:
    with pytest.raises(ValueError, match='absolute'):
        sandbox.run(['sh'], {})


def test_the_search_path_of_the_caller_does_not_choose_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ('bwrap', 'nginx'):
        (tmp_path / name).write_text('#!/bin/sh\necho evil\n')
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv('PATH', str(tmp_path), prepend=os.pathsep)
    assert sh('echo good').output == 'good\n'
    with pytest.raises(sandbox.SandboxError, match='no-such-engine is not installed'):
        sandbox.program('no-such-engine')


def test_without_bubblewrap_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, 'PLACES', (str(tmp_path),))
    tmp_path.chmod(0o777)
    with pytest.raises(sandbox.SandboxError, match='no engine is run without it'):
        sh(f'touch {tmp_path}/run')
    assert not list(tmp_path.iterdir())


def test_bubblewrap_that_does_not_start_is_said() -> None:
    with pytest.raises(sandbox.SandboxError, match='does not start here'):
        sandbox.run(['/bin/true'], {}, visible=['/no/such/place'])


def _processes() -> list[str]:
    return [entry.name for entry in Path('/proc').iterdir() if entry.name.isdigit()]


def _command(pid: str) -> str:
    try:
        words = Path('/proc', pid, 'cmdline').read_bytes()
        return words.replace(b'\0', b' ').decode(errors='replace')
    except OSError:
        return ''


def needs_filter() -> None:
    if not alone_module.alone():
        pytest.skip(f'no filter for {platform.machine()}')


@pytest.mark.usefixtures('alone')
@pytest.mark.parametrize(
    'code',
    [
        'os.fork()',
        'subprocess.run(["/bin/true"])',
        'os.posix_spawn("/bin/true", ["true"], {})',
        'os.system("true") and sys.exit("refused")',
        'ctypes.CDLL(None).fork() < 0 and sys.exit("refused")',
        'ctypes.CDLL(None).vfork() < 0 and sys.exit("refused")',
        'ctypes.CDLL(None).syscall(435, 0, 0) < 0 and sys.exit("refused")',  # clone3
    ],
)
def test_no_second_process_is_started_by_anybody(code: str) -> None:
    needs_filter()
    script = f'import ctypes, os, subprocess, sys\n{code}\nprint("started")'
    run = sandbox.run([sandbox.program('python3'), '-c', script], {})
    assert 'started' not in run.output
    assert 'Resource temporarily unavailable' in run.output or 'refused' in run.output


@pytest.mark.usefixtures('alone')
def test_threads_may_be_started() -> None:
    script = (
        'import threading\nt = threading.Thread(target=print, args=("ran",))\nt.start()\nt.join()'
    )
    assert sandbox.run([sandbox.program('python3'), '-c', script], {}).output == 'ran\n'


@pytest.mark.skipif(os.getuid() != 0, reason='only root can be somebody else')
def test_no_second_process_is_started_by_an_ordinary_user() -> None:
    needs_filter()
    script = (
        'import os\n'
        'from glance_docs_ext.native import sandbox\n'
        'os.setgroups([]), os.setgid(65534), os.setuid(65534)\n'
        'print(sandbox.run(["/bin/sh", "-c", "/bin/true; echo started"], {}).output)'
    )
    command = [sys.executable, '-c', script]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 'annot fork' in run.stdout, run.stderr


def test_a_machine_that_nobody_knows_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, 'machine', lambda: 'vax')
    assert alone_module.alone() == b''
