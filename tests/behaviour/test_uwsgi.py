"""Faults in a uWSGI block alone: what the server does, and that the rule says so."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError, answers
from glance_docs_ext.testing.process import running as running_server
from glance_docs_ext.testing.servers import debian_uwsgi, server_folder, uwsgi
from glance_docs_ext.testing.settling import settle
from tests.behaviour.app import BEGUN
from tests.behaviour.pair import APPLICATION, Answer, ask, upload
from tests.engines import require
from tests.waiting import DEADLINE, soon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from glance_docs_ext.testing.process import Server

BASE = '[uwsgi]\nhttp-socket = {app}\nmaster = true\nprocesses = 2\n'
ALONE = '[uwsgi]\nhttp-socket = {app}\nmaster = false\n'
STOPPABLE = f'{BASE}die-on-term = true\n'
GRACEFUL = f'{STOPPABLE}hook-master-start = unix_signal:15 gracefully_kill_them_all\n'
# What a client sees of a connection that the server closes without an answer.
CUT = (ConnectionError, http.client.HTTPException)
WORKER = re.compile(r'spawned uWSGI worker \d+ \(pid: (\d+)')


@dataclass(frozen=True)
class Running:
    """A running uWSGI that speaks HTTP."""

    address: Address
    server: Server

    def ask(self, path: str = '/') -> Answer:
        return ask(self.address.port, 'GET', path, None, {})

    def ask_slowly(self, pool: ThreadPoolExecutor, seconds: int) -> Future[Answer]:
        """Send a request, wait until the application works on it; return the answer to come."""
        answer = pool.submit(self.ask, f'/slow?{seconds}')
        assert soon((self.server.log.parent / BEGUN).exists)
        return answer


@contextmanager
def started(ini: str) -> Iterator[Running]:
    """Start uWSGI with a block in which ``{app}`` stands for its address."""
    require('uwsgi')
    with server_folder() as folder:
        shutil.copy(APPLICATION, folder)
        address = Address('127.0.0.1', free_port())
        text = f'{ini}chdir = {folder}\nwsgi-file = app.py\n'.replace('{app}', str(address))
        with uwsgi(text, folder, address) as server:
            yield Running(address, server)


def codes(ini: str, services: Iterable[str] = ()) -> set[str]:
    """Return what is found in the block; infos count."""
    checked = check(Source(ini.replace('{app}', '127.0.0.1:60999'), 'block'), 'uwsgi')
    together = check_deployment([checked.document], services)
    return {d.code for d in (*checked.diagnostics, *together)}


def comes_back_anew(running: Running, number: signal.Signals) -> bool:
    """Whether the service answers again after a signal, from other processes than before."""
    before = set(_workers(running))
    running.server.signal(number)

    def others_answer() -> bool:
        with suppress(*CUT):  # while it is loaded anew
            told = running.ask().told
            return told is not None and told['pid'] not in before
        return False

    return soon(others_answer)


def _workers(running: Running) -> list[int]:
    """Return the ids of the workers, as uWSGI has written them down."""
    return [int(number) for number in WORKER.findall(running.server.log.read_text())]


def test_die_on_term_alone_cuts_a_request_in_flight() -> None:
    assert codes(STOPPABLE, ['long-requests']) == {'DEP405'}
    with started(STOPPABLE) as running, ThreadPoolExecutor(1) as pool:
        slow = running.ask_slowly(pool, 45)
        running.server.signal(signal.SIGTERM)
        with pytest.raises(CUT):
            slow.result(DEADLINE)


def test_with_the_hook_a_request_in_flight_is_answered_and_the_server_ends() -> None:
    assert codes(GRACEFUL, ['long-requests']) == set()
    with started(GRACEFUL) as running, ThreadPoolExecutor(1) as pool:
        slow = running.ask_slowly(pool, 3)
        running.server.signal(signal.SIGTERM)
        assert slow.result(DEADLINE).status == 200
        assert running.server.wait(DEADLINE) == 0


def test_exit_on_reload_ends_the_service_on_sighup() -> None:
    text = f'{STOPPABLE}exit-on-reload = true\n'
    assert codes(text) == {'UWS404'}
    with started(text) as running:
        running.server.signal(signal.SIGHUP)
        assert running.server.wait(DEADLINE) == 0
        assert not answers(running.address)


def test_without_exit_on_reload_the_service_comes_back_after_sighup() -> None:
    assert codes(STOPPABLE) == set()
    with started(STOPPABLE) as running:
        assert comes_back_anew(running, signal.SIGHUP)


def test_without_master_max_requests_ends_the_service_for_good() -> None:
    text = f'{ALONE}min-worker-lifetime = 1\nmax-requests = 1\n'
    assert codes(text) == {'UWS405'}
    with started(text) as running:
        time.sleep(1.5)
        assert running.ask().status == 200
        assert soon(lambda: not answers(running.address))


def test_with_master_max_requests_only_renews_the_worker() -> None:
    text = f'{STOPPABLE}min-worker-lifetime = 1\nmax-requests = 1\n'
    assert codes(text) == set()
    with started(text) as running:
        time.sleep(1.5)
        for _ in range(4):
            assert running.ask().status == 200


def test_without_master_a_request_over_harakiri_ends_the_service_for_good() -> None:
    text = f'{ALONE}harakiri = 1\n'
    assert codes(text) == {'UWS405'}
    with started(text) as running:
        with pytest.raises(CUT):
            running.ask('/slow?45')
        assert soon(lambda: not answers(running.address))


def test_with_master_harakiri_ends_the_request_and_not_the_service() -> None:
    text = f'{STOPPABLE}harakiri = 2\n'
    assert codes(text) == set()
    with started(text) as running:
        with pytest.raises(CUT):
            running.ask('/slow?45')
        assert running.ask().status == 200


def test_cheaper_as_high_as_processes_keeps_uwsgi_from_starting() -> None:
    text = f'{STOPPABLE}cheaper = 2\n'
    assert codes(text) == {'UWS406'}
    with pytest.raises(ServerError, match='invalid cheaper value'), started(text):
        pass


@pytest.mark.parametrize(
    ('line', 'code', 'said'),
    [
        ('cache2 = items=100', 'UWS415', 'you have to specify a cache name'),
        ('mules = 2\nfarm = mail:1,3', 'UWS415', 'invalid mule id: 3'),
        ('route = ^/old( log:old', 'UWS416', 'pcre error'),
        ('cheaper-rss-limit-soft = 100000', 'UWS422', 'requires enabling also memory-report'),
        ('static-cache-paths = 60', 'UWS422', 'caching of static paths requires uWSGI caching'),
        ('max-worker-lifetime = 10', 'UWS422', 'invalid min-worker-lifetime value'),
        ('logger = stderr', 'UWS420', 'unable to find logger stderr'),
        ('log-encoder = jsn {}', 'UWS420', 'log encoder "jsn" not found'),
        ('hook-pre-app = ./migrate', 'UWS420', 'invalid hook syntax'),
        ('hook-in-jail = run:./migrate', 'UWS420', 'hook action not found: run'),
    ],
)
def test_what_is_taken_apart_at_the_start_keeps_uwsgi_from_starting(
    line: str, code: str, said: str
) -> None:
    text = f'{STOPPABLE}{line}\n'
    assert codes(text) == {code}
    with pytest.raises(ServerError, match=said), started(text):
        pass


def test_an_unknown_name_behind_strict_off_does_nothing() -> None:
    text = f'{STOPPABLE}strict = false\nproceses = 3\n'
    assert codes(text) == {'UWS414'}
    with started(text) as running:
        assert running.server.log.read_text().count('spawned uWSGI worker') == 2


def test_a_switch_where_a_file_is_meant_waits_for_a_file_of_that_name() -> None:
    text = f'{STOPPABLE}touch-reload = true\n'
    assert codes(text) == {'UWS418'}
    with started(text) as running:
        assert 'unable to stat() true' in running.server.log.read_text()


def test_a_queue_longer_than_the_kernel_allows_keeps_uwsgi_from_starting() -> None:
    text = f'{STOPPABLE}listen = 1000000\n'
    assert codes(text) == {'UWS407'}
    with pytest.raises(ServerError, match='Listen queue size'), started(text):
        pass


def test_two_sockets_on_one_address_keep_uwsgi_from_starting() -> None:
    text = f'{STOPPABLE}http = {{app}}\n'
    assert codes(text) == {'UWS602'}
    with pytest.raises(ServerError, match='Address already in use'), started(text):
        pass


def test_the_number_of_processes_in_words_starts_none() -> None:
    text = '[uwsgi]\nhttp-socket = {app}\nmaster = true\ndie-on-term = true\nprocesses = auto\n'
    assert codes(text) == {'UWS201'}
    with started(text) as running:
        assert 'no-workers' in running.server.read_log()


def test_a_quoted_header_is_sent_with_its_quotes() -> None:
    text = f'{STOPPABLE}add-header = "X-Quoted: yes"\n'
    assert codes(text) == {'UWS204'}
    with started(text) as running:
        assert '"X-Quoted' in running.ask().headers


def test_an_address_with_a_scheme_cannot_be_reached() -> None:
    text = f'{STOPPABLE}socket = http://127.0.0.1:60998\n'
    assert codes(text) == {'UWS206'}
    with started(text) as running:
        assert '255.255.255.255' in running.server.read_log() or not answers(
            Address('127.0.0.1', 60998)
        )


def test_http_socket_closes_each_connection_and_does_not_say_so() -> None:
    """The cause of the random 502 behind Apache, which DEP404 is about."""
    with started(STOPPABLE) as running:
        head, closed = _raw_answer(running.address)
        assert b'\r\nConnection:' not in head
        assert closed
    with started(f'{STOPPABLE}add-header = Connection: close\n') as running:
        assert b'\r\nConnection: close' in _raw_answer(running.address)[0]


def _raw_answer(address: Address) -> tuple[bytes, bool]:
    """Ask with HTTP/1.1 and keep-alive; return what came, and whether the other side closed."""
    with socket.create_connection((address.host, address.port), timeout=DEADLINE) as connection:
        connection.sendall(b'GET / HTTP/1.1\r\nHost: app\r\nConnection: keep-alive\r\n\r\n')
        received = b''
        while piece := connection.recv(65536):
            received += piece
        return received, True


def test_a_socket_path_without_slash_is_a_file_in_the_folder_it_starts_in() -> None:
    text = f'{STOPPABLE}socket = 60998\n'
    assert codes(text) == {'UWS207'}
    with started(text) as running:
        assert (running.server.log.parent / '60998').is_socket()


def test_without_die_on_term_sigterm_reloads_the_service() -> None:
    text = f'{BASE}module = app:application\n'
    assert codes(text) == {'UWS408'}
    assert codes(f'{text}die-on-term = true\n') == set()
    with started(BASE) as running:
        assert comes_back_anew(running, signal.SIGTERM)
    with started(STOPPABLE) as running:
        running.server.signal(signal.SIGTERM)
        running.server.wait(DEADLINE)
        assert not answers(running.address)


def test_harakiri_cuts_an_upload_that_takes_longer_unless_the_body_is_stored_first() -> None:
    text = f'{STOPPABLE}socket-timeout = 10\nharakiri = 2\n'
    assert codes(text, ['uploads']) == {'DEP417'}
    with started(text) as running:
        assert 'harakiri without post buffering' in running.server.read_log()
        assert b' 200 ' not in _slow_upload(running.address)
    stored = f'{text}post-buffering = 65536\n'
    assert codes(stored, ['uploads']) == set()
    with started(stored) as running:
        assert b' 200 ' in _slow_upload(running.address)


def _slow_upload(address: Address) -> bytes:
    """Send a body in five seconds; return the first line of the answer, empty where none comes."""
    with socket.create_connection((address.host, address.port), timeout=DEADLINE) as connection:
        connection.sendall(b'PUT /upload HTTP/1.1\r\nHost: app\r\nContent-Length: 10\r\n\r\n')
        try:
            for _ in range(10):
                time.sleep(0.5)
                connection.sendall(b'x')
            return connection.recv(65536).partition(b'\r\n')[0]
        except ConnectionError:
            return b''


def test_a_relative_socket_is_made_in_the_folder_of_chdir() -> None:
    relative = f'{STOPPABLE}socket = app.sock\n'
    assert codes(f'{relative}chdir = /srv/app\n') == {'UWS410'}
    assert codes(relative) == set()
    with server_folder() as elsewhere:
        text = f'[uwsgi]\nsocket = app.sock\nchdir = {elsewhere}\nhttp-socket = {{app}}\n'
        with started_as_it_is(text):
            assert (elsewhere / 'app.sock').is_socket()


@contextmanager
def started_as_it_is(ini: str, *arguments: str) -> Iterator[Running]:
    """Start uWSGI with a block to which nothing is added, and no application needed.

    :param arguments: its command line; by default that of Debian with its plugins
    """
    require('uwsgi')
    address = Address('127.0.0.1', free_port())
    arguments = arguments or ('--strict', '--plugins', 'http,python3')
    binary = replace(debian_uwsgi(), arguments=arguments)
    with (
        server_folder() as folder,
        uwsgi(ini.replace('{app}', str(address)), folder, address, binary=binary) as server,
    ):
        yield Running(address, server)


def test_in_strict_mode_an_option_before_its_plugin_keeps_uwsgi_from_starting() -> None:
    text = '[uwsgi]\nstrict = true\n{}http-socket = {{app}}\nprocesses = 1\n'
    early = text.format('pythonpath = /srv\nmodule = json\nplugins = python3\n')
    assert codes(early) == {'UWS413'}
    with (
        pytest.raises(ServerError, match='unknown config directive: pythonpath'),
        started_as_it_is(early, '--lazy-apps'),
    ):
        pass
    late = text.format('plugins = python3\npythonpath = /srv\nmodule = json\n')
    assert codes(late) == set()
    with started_as_it_is(late, '--lazy-apps') as running:
        assert answers(running.address)


def test_without_an_application_every_request_is_answered_with_500() -> None:
    text = '[uwsgi]\nhttp-socket = {app}\npythonpath = /srv/app\n'
    assert codes(text) == {'UWS409'}
    with started_as_it_is(text) as running:
        assert running.ask().status == 500
    with pytest.raises(ServerError, match='no app loaded'), started_as_it_is(f'{text}need-app =\n'):
        pass


def test_without_master_nobody_replaces_the_worker_behind_the_router() -> None:
    text = '[uwsgi]\nhttp = {app}\n'
    assert codes(f'{text}module = app:application\n') == {'UWS411'}
    with started(text) as running:
        told = running.ask().told
        assert told is not None
        os.kill(told['pid'], signal.SIGKILL)
        time.sleep(1)
        with pytest.raises((*CUT, TimeoutError)):
            running.ask()


def test_an_option_of_the_router_changes_nothing_for_an_http_socket() -> None:
    text = f'{STOPPABLE}http-chunked-input = true\n'
    assert codes(text) == {'UWS401'}
    for block in (STOPPABLE, text):
        with started(block) as running:
            told = upload(running.address.port, 200_000, '/chunks').told
            assert told is not None
            assert told['length'] == 200_000


def test_a_mode_changes_nothing_for_a_tcp_socket() -> None:
    text = f'{STOPPABLE}chmod-socket = 000\n'
    assert codes(text) == {'UWS402'}
    with started(text) as running:
        assert running.ask().status == 200


def test_the_last_of_two_names_for_an_option_counts() -> None:
    text = f'{STOPPABLE}workers = 3\n'
    assert codes(text) == {'UWS601'}
    with started(text) as running:
        assert running.server.log.read_text().count('spawned uWSGI worker') == 3


def test_a_chunk_of_a_mebibyte_is_dropped_and_with_the_limit_it_arrives() -> None:
    open_to_all = STOPPABLE.replace('{app}', '192.0.2.7:9292')
    limit = 'chunked-input-limit = 67108864\n'
    assert 'DEP406' in codes(open_to_all, ['uploads'])
    assert 'DEP406' not in codes(f'{open_to_all}{limit}', ['uploads'])
    with started(STOPPABLE) as running:
        with pytest.raises(CUT):
            upload(running.address.port, 1 << 21, '/chunks', chunk=1 << 20)
        assert upload(running.address.port, 1 << 21, '/chunks', chunk=1 << 19).status == 200
    with started(f'{STOPPABLE}{limit}') as running:
        assert upload(running.address.port, 1 << 21, '/chunks', chunk=1 << 20).status == 200


def test_a_plugin_called_python_does_not_load_and_python3_does() -> None:
    assert codes(f'{STOPPABLE}plugins = python\n') == {'UWS403'}
    assert codes(f'{STOPPABLE}plugins = python3\n') == set()
    with started(f'{STOPPABLE}plugins = python\n') as running:
        assert 'python_plugin.so: cannot open shared object file' in running.server.read_log()
    with started(f'{STOPPABLE}plugins = python3\n') as running:
        assert 'cannot open shared object file' not in running.server.read_log()


def test_a_logger_of_debians_uwsgi_needs_its_plugin() -> None:
    logger = 'logger = file:/dev/null\n'
    assert codes(f'{STOPPABLE}plugins = python3\n{logger}') == {'UWS421'}
    assert codes(f'{STOPPABLE}plugins = python3,logfile\n{logger}') == set()
    text = f'{STOPPABLE}plugins = python3\n{logger}'
    with pytest.raises(ServerError, match='unable to find logger file'), started(text):
        pass


def test_for_an_algorithm_that_it_has_not_uwsgi_takes_another() -> None:
    text = f'{STOPPABLE}cheaper = 1\ncheaper-algo = busy\n'
    assert codes(text) == {'UWS423'}
    with started(text) as running:
        assert 'falling back to spare' in running.server.read_log()


def test_of_two_applications_for_one_place_the_module_is_loaded() -> None:
    text = f'{STOPPABLE}wsgi-file = app.py\nmodule = app\n'
    assert codes(text) == {'UWS419'}
    with started(text) as running:
        log = running.server.read_log()
        assert 'already configured. skip.' in log
        assert log.count('WSGI app 0') == 1


def test_python_needed_under_a_second_name_keeps_debians_uwsgi_from_starting() -> None:
    text = f'{STOPPABLE}plugin = python3\nneed-plugin = python311\n'
    assert codes(text) == {'UWS229'}
    with pytest.raises(ServerError, match='unable to load plugin "python311"'), started(text):
        pass


def test_a_path_in_the_form_of_a_shell_is_taken_as_it_stands() -> None:
    text = f'{STOPPABLE}pidfile = $HOME/app.pid\n'
    assert codes(text) == {'UWS228'}
    with pytest.raises(ServerError, match=r'writing pidfile to \$HOME'), started(text):
        pass


def test_env_comes_too_late_for_pyuwsgi_and_in_time_for_the_program() -> None:
    pytest.importorskip('pyuwsgi')
    variable = 'env = OS_APP_CONFIG_DIR=/srv/app\n'
    assert codes(f'{STOPPABLE}module = app\n{variable}') == {'UWS412'}
    with started(f'{STOPPABLE}{variable}') as running:
        told = running.ask().told
        assert told is not None
        assert told['variable'] == '/srv/app'
    with pyuwsgi(f'{STOPPABLE}{variable}') as running:
        told = running.ask().told
        assert told is not None
        assert told['variable'] is None


def test_an_option_for_tls_behind_strict_off_does_nothing_in_a_build_without() -> None:
    pytest.importorskip('pyuwsgi')
    text = f'{STOPPABLE}strict = false\nhttps-socket = 127.0.0.1:1,/none.crt,/none.key\n'
    source = Source(text.replace('{app}', '127.0.0.1:60999'), 'block')
    found = check(source, 'uwsgi', version='2.0.30-nossl').diagnostics
    assert [d.code for d in found] == ['UWS417']
    with pyuwsgi(text) as running:
        assert running.ask().status == 200
    with pytest.raises(ServerError, match='certificate'), started(text):
        pass


@contextmanager
def pyuwsgi(ini: str) -> Iterator[Running]:
    """Start the uWSGI of the wheel as `started` does the system's, as the caller's own user."""
    with server_folder() as folder:
        shutil.copy(APPLICATION, folder)
        address = Address('127.0.0.1', free_port())
        text = f'{ini}chdir = {folder}\nwsgi-file = app.py\n'.replace('{app}', str(address))
        (folder / 'uwsgi.ini').write_text(text, encoding='utf-8')
        command = [sys.executable, '-c', 'import pyuwsgi; pyuwsgi.run()', '--ini', 'uwsgi.ini']
        with running_server(command, folder, lambda _server: answers(address)) as server:
            settle(server)
            yield Running(address, server)
