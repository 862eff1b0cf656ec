"""uwsgi(), apache(), nginx(): each server with one configuration, ready to be asked.

Each runs in a folder that the caller gives, as an ordinary user where the caller is root, and
listens on the loopback interface only.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from glance_docs_ext.testing.process import LOG_TAIL, ServerError, answers, running
from glance_docs_ext.testing.settling import settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glance_docs_ext.endpoints import Address
    from glance_docs_ext.testing.process import Server

LAZY = re.compile(r'^lazy(?:-apps)?\b', re.MULTILINE)
FOLDER = 'configcheck-run-'
ORDINARY_USER = 'www-data'  # whom Debian's servers run as
SEARCHED = ('/usr/sbin', '/usr/bin', '/sbin')
APACHE_MODULES = Path('/usr/lib/apache2/modules')
# What every configuration needs, and what the distributions switch on from the start.
USUAL_MODULES = ('mpm_event', 'authz_core', 'authz_host', 'alias', 'dir', 'env', 'setenvif')


@dataclass(frozen=True)
class UwsgiBinary:
    """How uWSGI gets Python: Debian's binary loads plugins, pyuwsgi has them built in."""

    program: str
    arguments: tuple[str, ...] = field(default=())


def find_program(name: str) -> str | None:
    """Return the absolute path of a server's program, the system's own before those in PATH.

    An environment with pyuwsgi has a ``uwsgi`` in its PATH, which takes other options.
    """
    found = shutil.which(name, path=os.pathsep.join(SEARCHED)) or shutil.which(name)
    return os.path.abspath(found) if found else None  # noqa: PTH100  # links stay as they are


def ordinary_user() -> str | None:
    """Return the user that servers run as: None, the caller's own, unless that is root."""
    return ORDINARY_USER if os.geteuid() == 0 else None


def folder_prefix(owner: int) -> str:
    """Return how the names of the server folders of the process ``owner`` begin."""
    return f'{FOLDER}{owner}-'


@contextmanager
def server_folder() -> Iterator[Path]:
    """Yield a new folder with a short path that the ordinary user owns; remove it at the end.

    The path of a UNIX socket has 107 characters at most, so a test's own folder is too deep. The
    folder is locked as long as its owner lives: `leftovers.sweep` takes away those of the dead.
    """
    folder = Path(mkdtemp(prefix=folder_prefix(os.getpid())))
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if user := ordinary_user():
            shutil.chown(folder, user, user)
        folder.chmod(0o755)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder)


def read_logs(folder: Path) -> str:
    """Return the end of what each server in ``folder`` wrote."""
    return '\n'.join(
        f'--- {path.name}\n{path.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:]}'
        for path in sorted(folder.glob('*.log'))
    )


def debian_uwsgi() -> UwsgiBinary:
    """Return Debian's uWSGI, strict, with its plugins for HTTP and Python 3.

    :raises ServerError: it is not installed
    """
    return UwsgiBinary(_program('uwsgi'), ('--strict', '--need-app', '--plugins', 'http,python3'))


@contextmanager
def uwsgi(
    text: str,
    folder: Path,
    address: Address,
    *,
    binary: UwsgiBinary | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run uWSGI with an ini text; it must answer on ``address``, and all of it mind signals.

    With ``lazy-apps`` a worker does so when it has loaded its application; that is not waited for.

    :raises ServerError: it is not installed, or does not start
    """
    binary = binary or debian_uwsgi()
    config = _write(folder / 'uwsgi.ini', text)
    command = [binary.program, *binary.arguments, '--ini', str(config)]

    def ready(server: Server) -> bool:
        return b'spawned uWSGI ' in server.log.read_bytes() and answers(address)

    with running(command, folder, ready, environment=environment, user=ordinary_user()) as server:
        settle(server, workers=not LAZY.search(text))
        yield server


@contextmanager
def apache(
    text: str,
    folder: Path,
    address: Address,
    *,
    modules: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run Apache with a configuration that listens on ``address``, and the modules it names.

    :param modules: names as ``a2enmod`` takes them, in loading order; the usual ones are loaded
    :raises ServerError: it is not installed, or does not start
    """
    program = _program('apache2')
    site = _write(folder / 'site.conf', text)
    lines = [
        f'ServerRoot "{folder}"',
        f'DefaultRuntimeDir "{folder}"',
        f'PidFile "{folder}/apache2.pid"',
        f'ErrorLog "{folder}/error.log"',
        'ServerName localhost',
        f'Listen {address}',
        *(
            f'LoadModule {name}_module "{APACHE_MODULES}/mod_{name}.so"'
            for name in dict.fromkeys((*USUAL_MODULES, *modules))
        ),
        # Debian's mod_wsgi puts its sockets under /var/run/apache2, which only root may write.
        *([f'WSGISocketPrefix "{folder}/wsgi"'] if 'wsgi' in modules else []),
        f'Include "{site}"',
    ]
    config = _write(folder / 'apache2.conf', '\n'.join([*lines, '']))
    command = [program, '-f', str(config), '-DFOREGROUND']

    def ready(_server: Server) -> bool:  # what is not right may still end it after it has bound
        return (folder / 'apache2.pid').exists() and answers(address)

    with running(command, folder, ready, environment=environment, user=ordinary_user()) as server:
        yield server


@contextmanager
def nginx(text: str, folder: Path, address: Address) -> Iterator[Server]:
    """Run nginx with the inside of an ``http`` block that listens on ``address``.

    :raises ServerError: it is not installed, or does not start
    """
    program = _program('nginx')
    site = _write(folder / 'site.conf', text)
    stores = ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')
    lines = [
        'daemon off;',
        f'pid {folder}/nginx.pid;',
        f'error_log {folder}/error.log;',
        'events { }',
        'http {',
        '    access_log off;',
        *(f'    {store}_temp_path {folder}/{store};' for store in stores),
        f'    include {site};',
        '}',
    ]
    config = _write(folder / 'nginx.conf', '\n'.join([*lines, '']))
    (folder / 'uwsgi_params').write_bytes(Path('/etc/nginx/uwsgi_params').read_bytes())
    command = [program, '-c', str(config), '-p', str(folder), '-e', str(folder / 'error.log')]

    def ready(_server: Server) -> bool:
        return (folder / 'nginx.pid').exists() and answers(address)

    with running(command, folder, ready, user=ordinary_user()) as server:
        yield server


def _program(name: str) -> str:
    program = find_program(name)
    if program is None:
        raise ServerError(f'{name} is not installed: install the packages that bindep.txt lists')
    return program


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding='utf-8')
    return path
