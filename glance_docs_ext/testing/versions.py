"""said_version(): what a program says of itself."""

from __future__ import annotations

import re
import subprocess

from glance_docs_ext.testing.process import ServerError

DEADLINE = 30.0  # seconds
VERSION = re.compile(r'\d+(?:\.\d+)+[\w.+-]*')


def said_version(*command: str) -> str:
    """Return the first version number that a command writes, as ``2.0.21-debian``.

    :param command: such as ``apache2 -v``, ``nginx -v``, ``uwsgi --version``
    :raises ServerError: it names none
    """
    try:
        done = subprocess.run(  # noqa: S603  # the caller's own command, no shell
            command, capture_output=True, text=True, check=False, timeout=DEADLINE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServerError(f'{" ".join(command)}: {error}') from error
    found = VERSION.search(done.stdout) or VERSION.search(done.stderr)
    if found is None:
        raise ServerError(f'{" ".join(command)} names no version: {done.stdout}{done.stderr}')
    return found[0]
