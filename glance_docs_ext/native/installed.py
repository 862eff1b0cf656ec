"""installed(engine): the version of an engine on this machine, as it says it itself."""

from __future__ import annotations

import re
from functools import cache

from glance_docs_ext.native import sandbox

SAYS = {'apache': ('apache2', '-v'), 'nginx': ('nginx', '-v'), 'uwsgi': ('uwsgi', '--version')}
NUMBER = re.compile(r'[0-9]+(?:\.[0-9]+){2}')


@cache
def installed(engine: str) -> str:
    """Return the version of an engine, '' where it says none.

    :raises SandboxError: it or bubblewrap is missing or does not start
    """
    name, option = SAYS[engine]
    found = NUMBER.search(sandbox.run([sandbox.program(name), option], {}).output)
    return found[0] if found else ''
