"""Stop and reload as the page teaches them, and the ways it warns of, with an upload under way."""

from __future__ import annotations

import hashlib
import http.client
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.published import adapt
from tests.deployment.changes import outcome, root
from tests.deployment.variants import (
    DEBIAN_LINES,
    HTTP,
    WSGI,
    Deployed,
    deployed,
    loaded,
    wait_until_loaded,
)
from tests.waiting import DEADLINE, soon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

pytestmark = pytest.mark.deployment
DATA = os.urandom(192 * 1024)
AT_FIRST = 32 * 1024  # bytes; Apache passes nothing on before it has 16 KiB
PIECE, EVERY = 256, 0.2  # bytes and seconds: all of it takes two minutes
A_MOMENT = 1.0  # seconds in which servers mostly have taken note of a signal
MERCY = 2  # seconds
CUT = (OSError, http.client.HTTPException)
HOOK = 'hook-master-start = unix_signal:15 gracefully_kill_them_all\n'


def without(*lines: str) -> Callable[[str], str]:
    """Return an edit that takes lines out of the ini block and leaves other blocks alone."""

    def edit(text: str) -> str:
        if '[uwsgi]' not in text:
            return text
        for line in lines:
            assert line in text
            text = text.replace(line, '')
        return text

    return edit


def adding(line: str) -> Callable[[str], str]:
    """Return an edit that adds a line to the ini block."""
    return lambda text: f'{text}{line}' if '[uwsgi]' in text else text


def changing(old: str, new: str) -> Callable[[str], str]:
    """Return an edit that changes a line of the ini block."""
    return lambda text: adapt(text, {old: new}) if '[uwsgi]' in text else text


@dataclass(frozen=True)
class Upload:
    """An upload that goes on until it is told to finish: where it goes to, and the status to come.

    A client may learn that it was cut when it has sent everything: Apache takes the rest all the
    same.
    """

    file: Path
    status: Future[int]
    finish: threading.Event

    def is_taken(self) -> bool:
        """Whether a worker writes it down at this moment."""
        for number in Path('/proc').glob('[0-9]*/fd/*'):
            with suppress(OSError):  # it has ended
                if number.readlink() == self.file:
                    return True
        return False

    def arrives(self) -> bool:
        """Let it finish; whether it is answered with 204."""
        self.finish.set()
        return self.status.result(DEADLINE) == 204

    def is_cut(self) -> bool:
        """Wait until no worker takes it any more, and let it finish; whether the client lost it."""
        assert soon(lambda: not self.is_taken()), 'the upload goes on'
        self.finish.set()
        wait([self.status], DEADLINE)
        assert self.status.done()
        try:
            return self.status.result() >= 500
        except CUT:
            return True


@contextmanager
def slow_upload(server: Deployed) -> Iterator[Upload]:
    """Start an upload, and wait until Glance takes it."""
    image = server.client.create()
    finish = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        status = pool.submit(lambda: server.client.put(image, pieces(finish), {}).status)
        upload = Upload(server.folder / 'images' / image, status, finish)
        try:
            assert soon(upload.is_taken), server.logs()
            yield upload
        finally:
            finish.set()


def pieces(finish: threading.Event) -> Iterator[bytes]:
    """Yield the data, a little at a time until it is to be finished."""
    yield DATA[:AT_FIRST]
    for start in range(AT_FIRST, len(DATA), PIECE):
        finish.wait(EVERY)
        yield DATA[start : start + PIECE]


def nobody_is_served(server: Deployed) -> bool:
    """Whether others than those who are served already get no answer."""
    return outcome(root, replace(server.client, timeout=1)) != 300


@pytest.mark.parametrize('binary', ['pyuwsgi', 'debian'])
def test_sigterm_lets_the_upload_arrive_and_then_the_server_ends(
    blocks: dict[str, str], venv: Path, binary: str
) -> None:
    with deployed(HTTP, blocks, venv, binary=binary) as server, slow_upload(server) as upload:
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGTERM)
        assert soon(lambda: nobody_is_served(server))
        assert not upload.status.done()
        assert upload.arrives(), server.logs()
        assert server.uwsgi.wait(DEADLINE) == 0


@pytest.mark.parametrize('binary', ['pyuwsgi', 'debian'])
def test_a_chain_reload_loses_neither_the_upload_nor_another_request(
    blocks: dict[str, str], venv: Path, binary: str
) -> None:
    with (
        deployed(HTTP, blocks, venv, binary=binary) as server,
        slow_upload(server) as upload,
        ThreadPoolExecutor(1) as pool,
    ):
        assert server.uwsgi is not None
        stop = threading.Event()
        probed = pool.submit(probe, server, stop)
        try:
            with (server.folder / 'run/uwsgi.fifo').open('wb') as fifo:
                fifo.write(b'c')
            time.sleep(A_MOMENT)
            assert upload.arrives(), server.logs()
            wait_until_loaded(server.uwsgi, 8)  # four workers, and their four successors
        finally:
            stop.set()
        statuses = probed.result(DEADLINE)
        assert set(statuses) == {200}, statuses
        assert len(statuses) > 10
        assert server.client.digest(upload.file.name) == hashlib.sha256(DATA).hexdigest()


def probe(server: Deployed, stop: threading.Event) -> list[int]:
    """Ask for the list of images again and again until told to stop."""
    statuses = []
    while not stop.is_set():
        statuses.append(server.client.send('GET', '/v2/images').status)
        time.sleep(0.05)
    return statuses


def test_without_the_hook_sigterm_cuts_the_upload(blocks: dict[str, str], venv: Path) -> None:
    edit = without(HOOK)
    with (
        deployed(HTTP, blocks, venv, edit=edit, processes=1) as server,
        slow_upload(server) as upload,
    ):
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGTERM)
        assert upload.is_cut()
        assert server.uwsgi.wait(DEADLINE) == 0


def test_sigterm_to_the_workers_cuts_the_upload(blocks: dict[str, str], venv: Path) -> None:
    """What systemd does without ``KillMode=mixed``."""
    with deployed(HTTP, blocks, venv, processes=1) as server, slow_upload(server) as upload:
        assert server.uwsgi is not None
        os.killpg(server.uwsgi.process.pid, signal.SIGTERM)
        assert upload.is_cut()
        server.uwsgi.wait(DEADLINE)


def test_exit_on_reload_ends_the_service(blocks: dict[str, str], venv: Path) -> None:
    edit = adding('exit-on-reload = true\n')
    with (
        deployed(HTTP, blocks, venv, edit=edit, processes=1) as server,
        slow_upload(server) as upload,
    ):
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGHUP)
        time.sleep(A_MOMENT)
        assert upload.arrives()
        assert server.uwsgi.wait(DEADLINE) == 0


def test_sighup_ends_a_pyuwsgi(blocks: dict[str, str], venv: Path) -> None:
    with deployed(HTTP, blocks, venv, processes=1) as server, slow_upload(server) as upload:
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGHUP)
        time.sleep(A_MOMENT)
        assert upload.arrives()
        assert server.uwsgi.wait(DEADLINE) == 1
        assert "No module named 'pyuwsgi'" in server.uwsgi.read_log()


def test_sighup_reloads_the_distributions_uwsgi(blocks: dict[str, str], venv: Path) -> None:
    with (
        deployed(HTTP, blocks, venv, binary='debian', processes=2) as server,
        slow_upload(server) as upload,
    ):
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGHUP)
        assert soon(lambda: nobody_is_served(server))  # until the upload is done
        assert not upload.status.done()
        assert upload.arrives()
        wait_until_loaded(server.uwsgi, 4)  # two workers, and their two successors
        assert server.uwsgi.process.poll() is None
        assert server.client.send('GET', '/').status == 300


def test_without_hook_and_die_on_term_sigterm_reloads(blocks: dict[str, str], venv: Path) -> None:
    edit = without(HOOK, 'die-on-term = true\n')
    with (
        deployed(HTTP, blocks, venv, binary='debian', edit=edit, processes=1) as server,
        slow_upload(server) as upload,
    ):
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGTERM)
        assert upload.is_cut()
        wait_until_loaded(server.uwsgi, 2)  # the worker, and its successor
        assert server.uwsgi.process.poll() is None
        assert server.client.status(upload.file.name) == 'saving'
        # Only SIGQUIT ends it now.
        server.uwsgi.signal(signal.SIGQUIT)
        assert server.uwsgi.wait(DEADLINE) == 0


@pytest.mark.parametrize(('binary', 'arrives'), [('debian', False), ('pyuwsgi', True)])
def test_the_mercy_ends_an_upload_only_with_the_distributions_uwsgi(
    blocks: dict[str, str], venv: Path, binary: str, *, arrives: bool
) -> None:
    edit = changing('worker-reload-mercy = 80', f'worker-reload-mercy = {MERCY}')
    with (
        deployed(HTTP, blocks, venv, binary=binary, edit=edit, processes=1) as server,
        slow_upload(server) as upload,
    ):
        assert server.uwsgi is not None
        server.uwsgi.signal(signal.SIGTERM)
        if arrives:
            time.sleep(MERCY * 3)
        assert upload.arrives() if arrives else upload.is_cut(), server.logs()
        assert server.uwsgi.wait(DEADLINE) == 0


@pytest.mark.parametrize('binary', ['pyuwsgi', 'debian'])
def test_a_stop_while_glance_is_loaded_waits_for_ever(
    blocks: dict[str, str], venv: Path, binary: str
) -> None:
    with deployed(HTTP, blocks, venv, binary=binary, processes=1, wait=False) as server:
        assert server.uwsgi is not None
        assert loaded(server.uwsgi) == 0, 'it was sooner: the test shows nothing'
        server.uwsgi.signal(signal.SIGTERM)
        wait_until_loaded(server.uwsgi, 1)
        with pytest.raises(ServerError, match='still running'):
            server.uwsgi.wait(5)
        assert loaded(server.uwsgi) == 1  # it waits for requests
        server.uwsgi.signal(signal.SIGKILL)  # as systemd does after TimeoutStopSec


@pytest.mark.parametrize(
    ('binary', 'change'),
    [
        ('pyuwsgi', {'module = glance.wsgi.api:application': ''}),
        ('pyuwsgi', {'glance.wsgi.api:': 'glance.wsgi.nothing:'}),
        ('debian', {'virtualenv = ': 'chdir = '}),
    ],
    ids=['no module', 'another module', 'no virtualenv'],
)
def test_uwsgi_ends_where_it_cannot_load_glance(
    blocks: dict[str, str], venv: Path, binary: str, change: dict[str, str]
) -> None:
    """So says ``need-app``; ``lazy-apps`` makes it notice when the server has begun to listen."""
    block = DEBIAN_LINES if binary == 'debian' else HTTP.ini
    broken = blocks | {block: adapt(blocks[block], change)}
    try:
        with deployed(HTTP, broken, venv, binary=binary) as server:
            assert server.uwsgi is not None
            status = server.uwsgi.wait(DEADLINE)
    except ServerError as error:
        assert 'ended with status' in str(error)  # noqa: PT017  # sooner than it was asked
    else:
        assert status != 0


def test_apaches_graceful_restart_cuts_an_upload_to_mod_wsgi(
    blocks: dict[str, str], venv: Path
) -> None:
    with deployed(WSGI, blocks, venv) as server, slow_upload(server) as upload:
        assert server.front is not None
        server.front.signal(signal.SIGUSR1)  # what ``apache2ctl graceful`` sends
        time.sleep(A_MOMENT)
        assert server.client.send('GET', '/').status == 300
        assert upload.is_cut()
