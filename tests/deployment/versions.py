"""Which versions a variant was proved with, each in the program's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.testing.versions import said_version

if TYPE_CHECKING:
    from tests.deployment.variants import Deployed

GLANCE = 'from importlib.metadata import version; print(version("glance"))'


def versions(server: Deployed, binary: str) -> dict[str, str]:
    """Return the version of each program that takes part, the innermost first."""
    python = str(server.venv / 'bin' / 'python')
    said = {'Glance': said_version(python, '-c', GLANCE), 'Python': said_version(python, '-V')}
    if binary == 'pyuwsgi':
        said['pyuwsgi'] = said_version(str(server.venv / 'bin' / 'uwsgi'), '--version')
    elif binary == 'debian':
        said['uWSGI'] = said_version('uwsgi', '--version')
    else:
        said['mod_wsgi'] = _in_header(server, 'mod_wsgi')
    if server.variant.server == 'apache2':
        said['Apache'] = said_version('apache2', '-v')
    elif server.variant.server == 'nginx':
        said['nginx'] = said_version('nginx', '-v')
    return said


def _in_header(server: Deployed, name: str) -> str:
    """Return what a module of Apache says of itself in the header ``Server``."""
    header = server.client.send('GET', '/').headers['Server']
    found = re.search(rf'{name}/(\S+)', header)
    assert found, header
    return found[1]
