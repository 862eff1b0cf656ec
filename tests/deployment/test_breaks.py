"""Every line that matters matters: a published block that loses one does not work any more.

A test that passes with any configuration proves none. So each line below is taken away or changed
in turn, and what breaks is what the page says.
"""

from __future__ import annotations

import http.client
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.published import adapt
from tests.deployment.client import MEBIBYTE, Client, Pieces
from tests.deployment.variants import BY_NAME, Deployed, deployed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.deployment
DATA = b'x' * (2 * MEBIBYTE)
SMALL = b'x' * 200_000
LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Break:
    """A change to a variant's blocks, and how a client notices; ``use`` tells whether it works."""

    variant: str
    old: str
    new: str
    use: Callable[[Client], bool]
    binary: str = 'pyuwsgi'

    def __str__(self) -> str:
        change = f'{self.old.strip()} -> {self.new.strip() or "nothing"}'
        return f'{self.variant} ({self.binary}): {change}'


def starts(client: Client) -> bool:
    return client.send('GET', '/').status == 300


def sized(client: Client) -> bool:
    return client.upload(client.create(), DATA, chunked=False) == 204


def chunked(client: Client) -> bool:
    return client.upload(client.create(), SMALL, chunked=True) == 204


def large_chunks(client: Client) -> bool:
    pieces = Pieces(size=2 * MEBIBYTE)
    return client.upload(client.create(), DATA * 2, chunked=True, pieces=pieces) == 204


def paused(client: Client) -> bool:
    pieces = Pieces(pause_after=1, pause=6)
    return client.upload(client.create(), SMALL, chunked=True, pieces=pieces) == 204


def long_header(client: Client) -> bool:
    return client.send('GET', '/', headers={'X-Auth-Token': 'x' * 6000}).status == 300


def links(client: Client) -> bool:
    href: str = client.send('GET', '/').json()['versions'][0]['links'][0]['href']
    return href.startswith(f'http://{client.host}:{client.port}{client.prefix}/v2/')


def location(client: Client) -> bool:
    body = json.dumps({'disk_format': 'raw', 'container_format': 'bare'}).encode()
    reply = client.send('POST', '/v2/images', body, {'Content-Type': 'application/json'})
    public = f'http://{client.host}:{client.port}{client.prefix}/v2/images/'
    return reply.status == 201 and reply.headers['Location'].startswith(public)


def paths(client: Client) -> bool:
    return client.send('GET', '/v2/images').status == 200


def announced(client: Client) -> bool:
    """Whether uWSGI tells Apache that it closes the connection: what the random 502 comes from."""
    return not any(
        _fails(lambda: client.upload(client.create(), SMALL, chunked=False)) for _ in range(150)
    )


def _fails(use: Callable[[], int]) -> bool:
    try:
        return use() >= 500
    except (*LOST, AssertionError):
        return True


HTTP = 'Apache, HTTP'
TCP = 'Apache, uwsgi over TCP'
UNIX = 'Apache, uwsgi over UNIX'
WSGI = 'Apache, mod_wsgi'
NGINX = 'nginx, HTTP'
NGINX_UWSGI = 'nginx, uwsgi over UNIX'
ALONE = 'uWSGI alone'
PREFIX = 'Apache, HTTP under a path'
BREAKS = (
    Break(HTTP, 'http-socket', 'uwsgi-socket', starts),
    Break(HTTP, '"http://', '"uwsgi://', starts),
    Break(HTTP, 'add-header = Connection: close\n', '', announced),
    Break(HTTP, 'buffer-size = 65535\n', '', long_header),
    Break(HTTP, 'socket-timeout = 60\n', '', paused),
    Break(HTTP, '    ProxyPreserveHost On\n', '', links),
    Break(HTTP, 'module = glance.wsgi.api:application\n', '', starts),
    Break(HTTP, 'module = glance.wsgi.api:', 'module = glance.wsgi.nothing:', starts),
    Break(HTTP, 'plugins = python3\n', '', starts, binary='debian'),
    Break(HTTP, 'virtualenv = ', 'chdir = ', starts, binary='debian'),
    Break(TCP, 'uwsgi-socket', 'http-socket', starts),
    Break(TCP, ':60998/"', ':60998"', paths),
    Break(UNIX, 'unix:/run/glance/uwsgi.sock|', 'unix:/run/glance/other.sock|', starts),
    Break(WSGI, '    WSGIChunkedRequest On\n', '', chunked),
    Break(WSGI, ' python-home=/opt/glance\n', '\n', starts),
    Break(WSGI, '        Require all granted\n', '        Require all denied\n', starts),
    Break(WSGI, 'WSGIProcessGroup glance-api', 'WSGIProcessGroup glance', starts),
    Break(NGINX, '        client_max_body_size 0;\n', '', sized),
    Break(NGINX, 'proxy_pass http://127.0.0.1:60999', 'uwsgi_pass 127.0.0.1:60999', starts),
    Break(NGINX, '$host:$server_port', '$host', links),
    Break(NGINX_UWSGI, '        uwsgi_param SCRIPT_NAME "";\n', '', starts),
    Break(NGINX_UWSGI, '        uwsgi_param HTTP_TRANSFER_ENCODING "";\n', '', chunked),
    Break(NGINX_UWSGI, '        include /etc/nginx/uwsgi_params;\n', '', starts),
    Break(NGINX_UWSGI, '        client_max_body_size 0;\n', '', sized),
    Break(ALONE, 'http-chunked-input = true\n', '', chunked),
    Break(ALONE, 'chunked-input-limit = 67108864\n', '', large_chunks),
    Break(PREFIX, '    ProxyPassReverse "/image" "http://127.0.0.1:60999"\n', '', location),
)


def test_at_least_fifteen_lines_are_broken() -> None:
    assert len(BREAKS) >= 15


@pytest.mark.parametrize('case', BREAKS, ids=str)
def test_a_block_without_the_line_does_not_work(
    case: Break, blocks: dict[str, str], venv: Path
) -> None:
    variant = BY_NAME[case.variant]
    names = [*variant.blocks, *(['glance-uwsgi-debian'] if case.binary == 'debian' else [])]
    holding = [name for name in names if case.old in blocks[name]]
    assert holding, f'no block of {case.variant} holds {case.old!r} any more'
    broken = blocks | {name: adapt(blocks[name], {case.old: case.new}) for name in holding}
    with suppress(ServerError), deployed(variant, broken, venv, binary=case.binary) as server:
        assert not _works(case, server), f'it works all the same\n{server.logs()}'


def _works(case: Break, server: Deployed) -> bool:
    try:
        return case.use(server.client)
    except (*LOST, AssertionError):
        return False
