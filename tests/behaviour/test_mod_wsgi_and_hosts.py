"""Faults inside Apache: what a client sees, and that the rule says so."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError, answers
from glance_docs_ext.testing.servers import apache, server_folder
from glance_docs_ext.told import told_by
from tests.behaviour.pair import APPLICATION, Answer, ask
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MODULES = ('wsgi', 'proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm', 'lbmethod_byrequests')
OPENED = '<Directory {folder}>\n    Require all granted\n</Directory>\n'
CLOSED = '<Directory />\n    Require all denied\n</Directory>\n'  # what the distributions ship
SCRIPT = 'WSGIScriptAlias / {folder}/app.wsgi\n'
DAEMON = 'WSGIDaemonProcess app processes=1\n'
GROUP = 'WSGIProcessGroup app\n'
PATIENCE = 3  # seconds; what answers does so within one


@dataclass(frozen=True)
class Host:
    """A running Apache."""

    port: int
    folder: Path

    def ask(self, path: str = '/') -> Answer:
        return ask(self.port, 'GET', path, None, {})

    def upload(self) -> Answer:
        chunked = {'Transfer-Encoding': 'chunked'}
        return ask(self.port, 'PUT', '/upload', iter([b'x' * 5000, b'y' * 5000]), chunked)


@contextmanager
def started(
    text: str, *, environment: dict[str, str] | None = None, modules: tuple[str, ...] = MODULES
) -> Iterator[Host]:
    """Start Apache with a block in which ``{folder}`` stands for the folder of the script."""
    require('apache2')
    with server_folder() as folder:
        shutil.copy(APPLICATION, folder / 'app.wsgi')
        front = Address('127.0.0.1', free_port())
        site = text.replace('{folder}', str(folder))
        with apache(site, folder, front, modules=modules, environment=environment):
            yield Host(front.port, folder)


def codes(text: str, services: Iterable[str] = ()) -> set[str]:
    """Return what is found in the block; infos count."""
    checked = check(Source(text.replace('{folder}', '/srv/app'), 'block'), 'apache')
    page = told_by([('page.rst', 'The script is in /srv/app.')])
    together = check_deployment([checked.document], services, told=page)
    return {d.code for d in (*checked.diagnostics, *together)}


def test_mod_wsgi_refuses_a_chunked_upload_unless_told_otherwise() -> None:
    text = DAEMON + GROUP + SCRIPT + OPENED + 'LimitRequestBody 0\n'
    assert codes(text, ['uploads']) == {'DEP403'}
    with started(text) as host:
        assert host.upload().status == 411
    allowed = f'{text}WSGIChunkedRequest On\n'
    assert codes(allowed, ['uploads']) == set()
    with started(allowed) as host:
        answer = host.upload()
        assert answer.told is not None
        assert (answer.status, answer.told['length']) == (200, 10_000)


def test_setenv_does_not_reach_the_process_of_mod_wsgi() -> None:
    text = DAEMON + GROUP + SCRIPT + OPENED
    per_request = f'SetEnv OS_APP_CONFIG_DIR /etc/app\n{text}'
    assert codes(per_request) == {'DEP413'}
    with started(per_request) as host:
        told = host.ask().told
        assert told is not None
        assert told['variable'] is None
    assert codes(text) == set()
    with started(text, environment={'OS_APP_CONFIG_DIR': '/etc/app'}) as host:
        told = host.ask().told
        assert told is not None
        assert told['variable'] == '/etc/app'


def test_a_process_group_that_nobody_defines_is_answered_with_500() -> None:
    text = f'{DAEMON}WSGIProcessGroup other\n{SCRIPT}{OPENED}'
    assert codes(text) == {'DEP604'}
    with started(text) as host:
        assert host.ask().status == 500
        assert 'No WSGI daemon process called' in (host.folder / 'error.log').read_text()


def test_without_a_process_group_the_application_runs_in_apache_itself() -> None:
    text = DAEMON + SCRIPT + OPENED
    assert codes(text) == {'DEP605'}
    with started(text) as host:
        told = host.ask().told
        assert told is not None
        assert told['process_group'] == ''
    grouped = DAEMON + GROUP + SCRIPT + OPENED
    assert codes(grouped) == set()
    with started(grouped) as host:
        told = host.ask().told
        assert told is not None
        assert told['process_group'] == 'app'


def test_a_script_in_a_closed_folder_is_answered_with_403() -> None:
    text = DAEMON + GROUP + SCRIPT
    assert codes(text) == {'DEP606'}
    with started(CLOSED + text) as host:
        assert host.ask().status == 403
    with started(CLOSED + text + OPENED) as host:
        assert host.ask().status == 200


def test_a_balancer_without_members_is_answered_with_503() -> None:
    members = '<Proxy balancer://image>\n    BalancerMember http://127.0.0.1:1\n</Proxy>\n'
    text = f'{members}ProxyPreserveHost On\nProxyPass / balancer://images/\n'
    assert codes(text) == {'DEP603'}
    with started(text) as host:
        assert host.ask().status in {500, 503}
        assert 'AH01171' in (host.folder / 'error.log').read_text()


def test_a_host_on_a_port_without_listen_cannot_be_reached() -> None:
    port = free_port()
    text = f'<VirtualHost *:{port}>\n    ServerName app\n</VirtualHost>\n'
    assert codes(text) == {'DEP607'}
    with started(text):
        assert not answers(Address('127.0.0.1', port))


def test_apache_does_not_start_with_tls_and_no_certificate() -> None:
    text = '<VirtualHost *:443>\n    SSLEngine on\n</VirtualHost>\n'
    assert codes(text) == {'DEP608'}
    with pytest.raises(ServerError), started(text, modules=('socache_shmcb', 'ssl')):
        pass


def test_a_slash_behind_the_path_of_a_script_becomes_part_of_its_name() -> None:
    text = f'{DAEMON}{GROUP}{OPENED}WSGIScriptAlias /image/ {{folder}}/app.wsgi\n'
    assert codes(text) == {'APA405'}
    with started(text) as host:
        assert host.ask('/image/v2').status == 404
        assert 'app.wsgiv2' in (host.folder / 'error.log').read_text()
    plain = text.replace('/image/ ', '/image ')
    assert codes(plain) == set()
    with started(plain) as host:
        assert host.ask('/image/v2').status == 200


def test_the_first_script_alias_that_fits_takes_the_request() -> None:
    missing = 'WSGIScriptAlias /admin {folder}/missing.wsgi\n'
    hidden = DAEMON + GROUP + OPENED + SCRIPT + missing
    assert codes(hidden) == {'APA406'}
    with started(hidden) as host:
        assert host.ask('/admin').status == 200
    ordered = DAEMON + GROUP + OPENED + missing + SCRIPT
    assert codes(ordered) == set()
    with started(ordered) as host:
        assert host.ask('/admin').status == 404


def test_a_misspelt_variable_is_the_name_of_a_group() -> None:
    text = f'{DAEMON}{GROUP}{OPENED}{SCRIPT}WSGIApplicationGroup %{{GLOBL}}\n'
    assert codes(text) == {'APA407'}
    with started(text) as host:
        told = host.ask().told
        assert told is not None
        assert told['application_group'] == '%{GLOBL}'
    known = text.replace('GLOBL', 'GLOBAL')
    assert codes(known) == set()
    with started(known) as host:
        told = host.ask().told
        assert told is not None
        assert told['application_group'] == ''


def test_access_control_of_apache_2_2_keeps_2_4_from_starting_without_its_module() -> None:
    text = '<Directory {folder}>\n    Order allow,deny\n    Allow from all\n</Directory>\n'
    assert codes(text) == {'APA301'}
    with pytest.raises(ServerError, match='Order'), started(text):
        pass


def test_mod_wsgi_passes_the_authorization_header_only_where_it_is_told_to() -> None:
    text = DAEMON + GROUP + SCRIPT + OPENED
    assert codes(text, ['authentication']) == {'DEP418'}
    passed = f'{text}WSGIPassAuthorization On\n'
    assert codes(passed, ['authentication']) == set()
    headers = {'Authorization': 'Basic eDp5'}
    found = []
    for site in (text, passed):
        with started(site) as host:
            told = ask(host.port, 'GET', '/', None, headers).told
            assert told is not None
            found.append(told['authorization'])
    assert found == [None, 'Basic eDp5']


@pytest.mark.parametrize(
    ('user', 'expected', 'status'), [('b', {'DEP609'}, 500), ('a', set(), 200)]
)
def test_processes_of_a_virtual_host_serve_hosts_of_its_name_only(
    user: str, expected: set[str], status: int
) -> None:
    names = f'<VirtualHost *:80>\n    ServerName a\n    {DAEMON}</VirtualHost>\n'
    text = f'{names}<VirtualHost *:80>\n    ServerName {user}\n    {GROUP}    {SCRIPT}'
    text = f'{text}</VirtualHost>\n{OPENED}'
    assert codes(text) == expected
    # The first host of a name and port answers: the other one gets an address of its own.
    served = text.replace('*:80>', '*>', 1).replace('*:80>', '127.0.0.1>')
    with started(served) as host:
        assert ask(host.port, 'GET', '/', None, {'Host': user}).status == status


@pytest.mark.parametrize(('option', 'there_is'), [('home', '{folder}'), ('python-home', '/usr')])
def test_requests_hang_where_a_folder_of_the_processes_is_missing(
    option: str, there_is: str
) -> None:
    text = f'WSGIDaemonProcess app processes=1 {option}=/srv/nowhere\n{GROUP}{SCRIPT}{OPENED}'
    assert codes(text) == {'DEP434'}
    with started(text) as host:
        connection = HTTPConnection('127.0.0.1', host.port, timeout=PATIENCE)
        connection.request('GET', '/')
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
    there = text.replace('/srv/nowhere', there_is)
    assert codes(there) == set()
    with started(there) as host:
        assert host.ask().status == 200
