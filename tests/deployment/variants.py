"""The published variants: which blocks, which servers, and how they are fitted to this machine."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glance_docs_ext.endpoints import Address
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.published import adapt
from glance_docs_ext.testing.servers import (
    UwsgiBinary,
    apache,
    nginx,
    ordinary_user,
    read_logs,
    server_folder,
    uwsgi,
)
from glance_docs_ext.testing.settling import settle
from tests.deployment.client import Client
from tests.deployment.glance import prepared
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from glance_docs_ext.testing.process import Server

CONFIGURATION = 'glance-api-conf'
DEBIAN_LINES = 'glance-uwsgi-debian'
PUBLIC_ENDPOINT = 'glance-public-endpoint'
SCRIPT = 'glance-mod-wsgi-script'
PROCESSES = 'processes = 4\n'
TCP_PORTS = ('60999', '60998', '9292')


LOAD_DEADLINE = 240.0  # seconds; about 3 with both cores free
# A worker that is forked later is not seen to ignore a signal: it begins as its master is.
LOADED_TO_READY = 0.4  # seconds; never more than 0.2 were measured


@dataclass(frozen=True)
class Variant:
    """One tab of the page: the names of its blocks, '' where it has none of the kind."""

    name: str
    ini: str = ''
    front: str = ''
    server: str = ''
    modules: tuple[str, ...] = ()
    takes_chunks: bool = True
    host: str = 'glance-api.example.com'
    prefix: str = ''

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of all blocks that were proved together."""
        script = (SCRIPT,) if 'wsgi' in self.modules else ()
        return (*(name for name in (self.ini, self.front) if name), *script)

    def used(self, binary: str) -> tuple[str, ...]:
        """The names of the blocks that are proved by a run with ``binary``, all of them."""
        debian = (DEBIAN_LINES,) if binary == 'debian' else ()
        endpoint = (PUBLIC_ENDPOINT,) if self.prefix else ()
        return (*self.blocks, *debian, CONFIGURATION, *endpoint)


VARIANTS = (
    Variant(
        'Apache, HTTP',
        'glance-uwsgi-http',
        'glance-apache-http',
        'apache2',
        ('proxy', 'proxy_http'),
    ),
    Variant(
        'Apache, uwsgi over TCP',
        'glance-uwsgi-tcp',
        'glance-apache-uwsgi-tcp',
        'apache2',
        ('proxy', 'proxy_uwsgi'),
        takes_chunks=False,
    ),
    Variant(
        'Apache, uwsgi over UNIX',
        'glance-uwsgi-unix',
        'glance-apache-uwsgi-unix',
        'apache2',
        ('proxy', 'proxy_uwsgi'),
        takes_chunks=False,
    ),
    Variant('Apache, mod_wsgi', '', 'glance-apache-mod-wsgi', 'apache2', ('wsgi',)),
    Variant('nginx, HTTP', 'glance-uwsgi-nginx-proxy', 'glance-nginx-proxy', 'nginx'),
    Variant('nginx, uwsgi over UNIX', 'glance-uwsgi-nginx-unix', 'glance-nginx-uwsgi', 'nginx'),
    Variant('uWSGI alone', 'glance-uwsgi-direct'),
    Variant(
        'Apache, HTTP under a path',
        'glance-uwsgi-http',
        'glance-apache-http-prefix',
        'apache2',
        ('proxy', 'proxy_http'),
        host='controller.example.com',
        prefix='/image',
    ),
)
HTTP, TCP, UNIX, WSGI, NGINX, NGINX_UWSGI, ALONE, PREFIX = VARIANTS
CASES = tuple(
    (variant, binary)
    for variant in VARIANTS
    for binary in (('pyuwsgi', 'debian') if variant.ini else ('mod_wsgi',))
)
"""Each variant with everything that the page says may run Glance in it."""


@dataclass(frozen=True)
class Deployed:
    """A variant that runs; ``uwsgi`` is None where Apache runs Glance itself."""

    variant: Variant
    venv: Path
    folder: Path
    client: Client
    uwsgi: Server | None
    front: Server | None

    def logs(self) -> str:
        """Return the end of what each server and Glance itself wrote."""
        return read_logs(self.folder)


@contextmanager
def deployed(
    variant: Variant,
    blocks: Mapping[str, str],
    venv: Path,
    *,
    binary: str = 'pyuwsgi',
    edit: Callable[[str], str] = str,
    processes: int | None = None,
    wait: bool = True,
) -> Iterator[Deployed]:
    """Start a variant from its published blocks, changed only in port, path and user.

    :param binary: ``pyuwsgi``, or ``debian`` with the lines that the page says that takes
    :param edit: what a test breaks in the blocks before they are fitted
    :param processes: how many workers of uWSGI, where a test needs fewer than are published: each
        takes a second of a processor to load Glance
    :param wait: whether Glance is to be loaded, by every worker of uWSGI
    """
    with ExitStack() as stack:
        folder = stack.enter_context(server_folder())
        back, front = Address('127.0.0.1', free_port()), Address('127.0.0.1', free_port())
        fit = _Fitting(folder, venv, back.port, front.port)
        public = f'http://{variant.host}:{front.port}{variant.prefix}'
        endpoint = _endpoint(blocks, public) if variant.prefix else ''
        glance = prepared(venv, folder, blocks[CONFIGURATION], endpoint)
        workers = None
        if variant.ini:
            ini = edit(blocks[variant.ini])
            if processes:
                ini = adapt(ini, {PROCESSES: f'processes = {processes}\n'})
            text = fit.ini(ini, blocks[DEBIAN_LINES] if binary == 'debian' else '')
            listening = Address(path=f'{folder}/run/uwsgi.sock') if 'uwsgi.sock' in text else back
            program = require('uwsgi') if binary == 'debian' else str(venv / 'bin' / 'uwsgi')
            workers = stack.enter_context(
                uwsgi(
                    text,
                    folder,
                    listening,
                    binary=UwsgiBinary(program),
                    environment=glance.environment,
                )
            )
            if wait:
                wait_until_loaded(workers, int(text.partition('\nprocesses = ')[2].split('\n')[0]))
        if variant.front:
            require(variant.server)
            if SCRIPT in variant.blocks:
                script = adapt(blocks[SCRIPT], {'/etc/glance': f'{folder}/etc'})
                (folder / 'wsgi/glance-api.wsgi').write_text(script)
            text = fit.front(edit(blocks[variant.front]))
            server = (
                apache(text, folder, front, modules=variant.modules)
                if variant.server == 'apache2'
                else nginx(text, folder, front)
            )
            proxy = stack.enter_context(server)
        port = front.port if variant.front else back.port
        client = Client(port, variant.host, variant.prefix)
        if wait and not variant.ini:  # mod_wsgi loads Glance when somebody asks for it
            client.send('GET', '/')
        yield Deployed(variant, venv, folder, client, workers, proxy if variant.front else None)


def loaded(server: Server) -> int:
    """Return how many workers of uWSGI have loaded Glance since it was started."""
    return server.log.read_text().count('WSGI app 0 ')


def wait_until_loaded(server: Server, processes: int) -> None:
    """Wait until every worker has loaded Glance, or the server has ended.

    A worker that is told to go while it loads does not go, and the master waits for it.

    :raises ServerError: they do not within `LOAD_DEADLINE` seconds
    """
    end = time.monotonic() + LOAD_DEADLINE
    while server.process.poll() is None and loaded(server) < processes:
        if time.monotonic() > end:
            raise ServerError(f'Glance was not loaded in {LOAD_DEADLINE} s\n{server.read_log()}')
        time.sleep(0.05)
    time.sleep(LOADED_TO_READY)
    settle(server)


def _endpoint(blocks: Mapping[str, str], public: str) -> str:
    """Return the line that tells Glance its public address, as the page says it."""
    line = blocks[PUBLIC_ENDPOINT].removeprefix('[DEFAULT]\n')
    return adapt(line, {'http://controller.example.com/image': public})


@dataclass(frozen=True)
class _Fitting:
    """Changes ports, paths and users, and nothing else."""

    folder: Path
    venv: Path
    back: int
    front_port: int

    def ini(self, text: str, debian_lines: str) -> str:
        """Fit a block of uWSGI; ``debian_lines`` go where the page says."""
        if debian_lines:
            if '\nhttp = ' in text:  # the page's table: the router is a plugin there
                debian_lines = adapt(debian_lines, {'python3': 'http,python3'})
            text = adapt(text, {'strict = true\n': f'strict = true\n{debian_lines}'})
            text = adapt(text, {'/opt/glance': str(self.venv)})
        return self._common(text)

    def front(self, text: str) -> str:
        """Fit a block of a web server."""
        text = text.replace('<VirtualHost *:80>', f'<VirtualHost *:{self.front_port}>')
        text = text.replace('listen 80;', f'listen 127.0.0.1:{self.front_port};')
        text = text.replace('/opt/glance/wsgi', f'{self.folder}/wsgi')
        text = text.replace('=/opt/glance\n', f'={self.venv}\n')
        # mod_wsgi can give its processes to another user only where Apache was started by root.
        text = text.replace('user=glance group=glance ', '')
        return self._common(text)

    def _common(self, text: str) -> str:
        for port in TCP_PORTS:
            text = text.replace(port, str(self.back))
        user = ordinary_user() or 'nobody'
        return (
            text.replace('/run/glance', f'{self.folder}/run')
            .replace('/var/lib/glance', str(self.folder))
            .replace('glance:www-data', f'{user}:{user}')
        )
