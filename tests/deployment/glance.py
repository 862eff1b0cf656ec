"""A real Glance: its virtual environment, and the data of one service."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from glance_docs_ext.testing.published import adapt
from glance_docs_ext.testing.servers import ordinary_user
from tests.engines import require

PINS = Path(__file__).with_name('constraints.txt')
FOLDERS = ('etc', 'images', 'staging', 'tasks', 'lock', 'run', 'wsgi')
DEFAULT = '[DEFAULT]\n'
TABLES = 'glance.sqlite'  # where the published configuration has them
INSTALL_DEADLINE = 900  # seconds; 30 with a warm cache of pip
# The published block leaves out who may do what, because that is Keystone's. For the tests the
# identity comes in headers that a trusted proxy would set: on loopback only.
PASTE = 'osprofiler unauthenticated-context rootapp'
TRUSTING_PASTE = 'osprofiler context rootapp'


@dataclass(frozen=True)
class Glance:
    """One Glance with empty tables, in a folder of its own."""

    venv: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the process that runs it."""
        return {'OS_GLANCE_CONFIG_DIR': str(self.folder / 'etc'), 'LANG': 'C.UTF-8'}


def virtual_environment() -> Path:
    """Return a virtual environment with the pinned Glance and pyuwsgi, made where there is none.

    It is made with the distribution's Python, which mod_wsgi and uWSGI's plugin are linked to, in a
    folder that their user can reach, and kept by the hash of the pins.
    """
    python = require('/usr/bin/python3')
    digest = hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]
    cache = Path(os.environ.get('CONFIGCHECK_CACHE', tempfile.gettempdir()))
    folder = cache / f'configcheck-{os.geteuid()}-glance-{digest}'
    with folder.with_suffix('.lock').open('w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process of several makes it, the others wait
        if not (folder / 'complete').is_file() or folder.stat().st_uid != os.geteuid():
            shutil.rmtree(folder, ignore_errors=True)
            _install(python, folder)
    return folder


def _install(python: str, folder: Path) -> None:
    _run([python, '-m', 'venv', '--without-pip', str(folder)])
    pip = [sys.executable, '-m', 'pip', '--python', str(folder / 'bin' / 'python')]
    _run([*pip, 'install', '--quiet', '--disable-pip-version-check', '--requirement', str(PINS)])
    (folder / 'complete').touch()


def prepared(venv: Path, folder: Path, configuration: str, added: str = '') -> Glance:
    """Make the files, folders and tables of a Glance from the published ``glance-api.conf``.

    :param added: lines that go to the top of its section ``[DEFAULT]``
    :raises RuntimeError: ``glance-manage`` cannot make the tables
    """
    for name in FOLDERS:
        (folder / name).mkdir()
    paste = (venv / 'etc/glance/glance-api-paste.ini').read_text(encoding='utf-8')
    (folder / 'etc/glance-api-paste.ini').write_text(adapt(paste, {PASTE: TRUSTING_PASTE}))
    text = adapt(_moved(configuration, folder), {DEFAULT: f'{DEFAULT}{added}'})
    (folder / 'etc/glance-api.conf').write_text(
        f'{text}\n[oslo_policy]\npolicy_file = {folder}/etc/policy.yaml\n'
    )
    (folder / 'etc/policy.yaml').write_text('{}\n')
    (folder / TABLES).write_bytes(_empty_tables(venv, configuration))
    if user := ordinary_user():
        for path in (folder, *folder.rglob('*')):
            shutil.chown(path, user, user)
    return Glance(venv, folder)


def _moved(configuration: str, folder: Path) -> str:
    """Return a ``glance-api.conf`` with its paths in ``folder``."""
    changes = {
        '/opt/glance/etc/glance': f'{folder}/etc',
        '/var/log/glance': str(folder),
        '/var/lib/glance': str(folder),
    }
    return adapt(configuration, changes)


def _empty_tables(venv: Path, configuration: str) -> bytes:
    """Return the database that ``glance-manage db_sync`` makes.

    It takes seconds, so it is made once for a Glance and a configuration, and kept beside Glance.
    """
    digest = hashlib.sha256(configuration.encode()).hexdigest()[:12]
    kept = venv / f'tables-{digest}.sqlite'
    with venv.with_suffix('.lock').open('w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            part = kept.with_suffix('.part')
            part.write_bytes(_made_tables(venv, configuration))
            part.replace(kept)  # whole or not at all, whatever ends this process
    return kept.read_bytes()


def _made_tables(venv: Path, configuration: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / 'glance-api.conf'
        file.write_text(_moved(configuration, folder))
        _run([str(venv / 'bin/glance-manage'), '--config-file', str(file), 'db_sync'])
        return (folder / TABLES).read_bytes()


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=INSTALL_DEADLINE
    )
    if done.returncode:
        raise RuntimeError(f'{" ".join(command)} ended with {done.returncode}\n{done.stderr}')
