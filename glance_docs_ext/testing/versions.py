"""said_version(): what a program says of itself."""

from __future__ import annotations

import re
import subprocess

from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.servers import find_program

DEADLINE = 30.0  # seconds
VERSION = re.compile(r'\d+(?:\.\d+)+[\w.+-]*')


def said_version(*command: str) -> str:
    """Return the first version number that a command writes, as ``2.0.21-debian``.

    :param command: such as ``apache2 -v``, ``nginx -v``, ``uwsgi --version``; the program is found
        as those that start servers find it
    :raises ServerError: it names none
    """
    program = find_program(command[0]) or command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the caller's own command, no shell
            [program, *command[1:]], capture_output=True, text=True, check=False, timeout=DEADLINE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServerError(f'{" ".join(command)}: {error}') from error
    found = VERSION.search(done.stdout) or VERSION.search(done.stderr)
    if found is None:
        raise ServerError(f'{" ".join(command)} names no version: {done.stdout}{done.stderr}')
    return found[0]
