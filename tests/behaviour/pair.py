"""A proxy and a uWSGI, started from blocks such as a page would show, and a client for them."""

from __future__ import annotations

import http.client
import json
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.servers import apache, nginx, server_folder, uwsgi
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.testing.process import Server

APPLICATION = Path(__file__).with_name('app.py')
MODULES = ('proxy', 'proxy_http', 'proxy_uwsgi', 'rewrite')
TIMEOUT = 60.0  # seconds a client waits; the slowest fault shows after uWSGI's 4 s


@dataclass(frozen=True)
class Answer:
    """What a client gets; ``told`` is None where the application was not asked."""

    status: int
    told: dict[str, Any] | None
    headers: dict[str, str]


@dataclass(frozen=True)
class Pair:
    """Both servers, and where clients go."""

    port: int
    folder: Path
    application: Server

    def ask(
        self, method: str = 'GET', path: str = '/', body: bytes | None = None, **headers: str
    ) -> Answer:
        """Send one request with a Content-Length."""
        return ask(self.port, method, path, body, headers)

    def upload(self, size: int, *, path: str = '/upload') -> Answer:
        """PUT ``size`` bytes with Transfer-Encoding: chunked."""
        return upload(self.port, size, path)


def ask(
    port: int, method: str, path: str, body: bytes | Iterable[bytes] | None, headers: dict[str, str]
) -> Answer:
    """Send one request on a connection of its own.

    :raises OSError: the connection was cut
    """
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=TIMEOUT)
    try:
        connection.request(
            method, path, body, headers, encode_chunked='Transfer-Encoding' in headers
        )
        answer = connection.getresponse()
        text = answer.read()
        told = json.loads(text) if answer.headers.get_content_subtype() == 'json' else None
        return Answer(answer.status, told, dict(answer.headers))
    finally:
        connection.close()


def upload(port: int, size: int, path: str, *, chunk: int = 65536) -> Answer:
    """PUT ``size`` bytes in chunks; under ``/chunks`` uWSGI's own function reads them.

    :raises OSError: the connection was cut
    """
    pieces = (b'x' * min(chunk, size - start) for start in range(0, size, chunk))
    return ask(port, 'PUT', path, pieces, {'Transfer-Encoding': 'chunked'})


@contextmanager
def started(proxy: str, ini: str, *, engine: str = 'apache') -> Iterator[Pair]:
    """Start a proxy and uWSGI from two blocks.

    In both ``{app}`` stands for the address that uWSGI listens on, ``{folder}`` for a folder, and
    in nginx's ``{front}`` for where nginx listens.
    """
    require('uwsgi')
    require({'apache': 'apache2'}.get(engine, engine))
    with ExitStack() as stack:
        folder = stack.enter_context(server_folder())
        shutil.copy(APPLICATION, folder)
        front, back = Address('127.0.0.1', free_port()), Address('127.0.0.1', free_port())
        values = {'app': str(back), 'folder': str(folder), 'front': str(front)}
        text = ini.format(**values)
        listening = Address(path=f'{folder}/app.sock') if 'app.sock' in text else back
        application = stack.enter_context(
            uwsgi(f'{text}chdir = {folder}\nwsgi-file = app.py\n', folder, listening)
        )
        if engine == 'apache':
            stack.enter_context(apache(proxy.format(**values), folder, front, modules=MODULES))
        else:
            stack.enter_context(nginx(proxy.format(**values), folder, front))
        yield Pair(front.port, folder, application)


def codes(
    proxy: str, ini: str, *, engine: str = 'apache', services: Iterable[str] = ()
) -> set[str]:
    """Return what is found in the two blocks, read together; infos count."""
    values = {'app': '127.0.0.1:60999', 'folder': '/srv/app', 'front': '127.0.0.1:8080'}
    blocks = [
        check(Source(proxy.format(**values), 'proxy'), engine),
        check(Source(ini.format(**values), 'ini'), 'uwsgi'),
    ]
    together = check_deployment((block.document for block in blocks), services)
    return {d.code for d in (*together, *(d for block in blocks for d in block.diagnostics))}
