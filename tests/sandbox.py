"""Run a real engine where it can do no harm: no network, /proc, environment or host files."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEADLINE = 20  # seconds; an engine answers in a tenth of one
LINKS = (('usr/lib', '/lib'), ('usr/lib64', '/lib64'), ('usr/bin', '/bin'), ('usr/sbin', '/sbin'))
USERS = ('root', 'www-data', 'nobody', 'nginx', 'apache', 'glance', 'uwsgi')


def run(
    command: Sequence[str],
    files: Mapping[str, str],
    *,
    folders: Iterable[str] = (),
    visible: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` with nothing but /usr, ``files`` and empty ``folders``.

    :param files: content by the absolute path that the engine sees it under
    :param visible: absolute paths of this machine that it may read as well
    """
    bwrap = require('bwrap')
    with tempfile.TemporaryDirectory() as name:
        options = ['--unshare-all', '--die-with-parent', '--new-session', '--clearenv']
        options += ['--cap-drop', 'ALL', '--uid', '65534', '--gid', '65534']
        options += ['--ro-bind', '/usr', '/usr', '--dev', '/dev', '--tmpfs', '/tmp']
        for target, link in LINKS:
            options += ['--symlink', target, link]
        for path in visible:
            options += ['--ro-bind', path, path]
        for path in folders:
            options += ['--dir', path]
        for number, (path, content) in enumerate({**_people(), **files}.items()):
            file = Path(name, str(number))
            file.write_text(content, encoding='utf-8')
            options += ['--ro-bind', str(file), path]
        for variable, value in (environment or {}).items():
            options += ['--setenv', variable, value]
        return subprocess.run(
            [bwrap, *options, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors='replace',
            timeout=DEADLINE,
            check=False,
        )


def _people() -> dict[str, str]:
    """Return the two files that make the users of a published block exist."""
    numbered = [(user, 65534 - number) for number, user in enumerate(reversed(USERS))]
    return {
        '/etc/passwd': ''.join(f'{user}:x:{n}:{n}::/:/bin/sh\n' for user, n in numbered),
        '/etc/group': ''.join(f'{user}:x:{n}:\n' for user, n in numbered),
    }
