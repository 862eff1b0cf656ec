"""What nginx itself says of many texts at once, in one sandbox.

What depends on the machine (names that do not resolve, files, certificates, privileged ports) is
told apart from faults of the text.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.engines import missing, require
from tests.sandbox import LINKS

MODULES = Path('/usr/lib/nginx/modules')
LOADED = ('ngx_stream_module.so', 'ngx_mail_module.so')
STOCK = ('mime.types', 'fastcgi_params', 'uwsgi_params', 'scgi_params', 'proxy_params')
FOLDERS = ('/run', '/var/lib/nginx', '/var/log/nginx', '/var/cache/nginx', '/etc/nginx')
PEOPLE = ('root', 'www-data', 'nobody', 'nogroup', 'nginx')
BATCH = 400
DEADLINE = 120  # seconds for a batch; a text takes about ten milliseconds

WRAPPERS = {
    'main': ('', ''),
    'events': ('events {\n', '\n}'),
    'http': ('events {} http {\n', '\n}'),
    'server': ('events {} http { server {\n', '\n}}'),
    'location': ('events {} http { server { location / {\n', '\n}}}'),
    'server-if': ('events {} http { server { if ($uri) {\n', '\n}}}'),
    'location-if': ('events {} http { server { location / { if ($uri) {\n', '\n}}}}'),
    'limit-except': ('events {} http { server { location / { limit_except GET {\n', '\n}}}}'),
    'upstream': ('events {} http { upstream u {\n', '\nserver 127.0.0.1:99; }}'),
    'stream': ('events {} stream {\n', '\n}'),
    'stream-server': ('events {} stream { server {\n', '\nlisten 1; proxy_pass 127.0.0.1:1; }}'),
    'mail': ('events {} mail {\n', '\n}'),
}
"""What stands around a text in each context: one line before it."""

_OF_THE_HOST = re.compile(
    r'host not found|cannot load certificate|open\(\) "|mkdir\(\) "|getpwnam|getgrnam|BIO_new_file'
    r'|PEM_read|failed \(\d+:|unsupported on this platform'
)
_LOOP = """
for file in /conf/*.conf; do
    echo "=== $file"
    timeout 5 {nginx} -t -p /tmp/ -e /tmp/e -c $file -g "{modules}" 2>&1 | head -c 3000
done
"""


class Verdict(NamedTuple):
    """``state`` is 'ok', 'bad' or 'host'; ``line`` is the 1-based line of the text, if named."""

    state: str
    line: int | None
    words: str


def wrapped(text: str, context: str) -> str:
    """Return ``text`` with what stands around it in ``context``."""
    before, behind = WRAPPERS[context]
    return f'{before}{text}{behind}'


def verdicts(texts: list[str]) -> list[Verdict]:
    """Return what ``nginx -t`` says of each of ``texts``, which are whole."""
    nginx, bwrap = require('nginx'), require('bwrap')
    for name in LOADED:
        if not (MODULES / name).exists():
            missing(name)
    loop = _LOOP.format(
        nginx=nginx, modules=' '.join(f'load_module {MODULES / name};' for name in LOADED)
    )
    found: list[Verdict] = []
    for start in range(0, len(texts), BATCH):
        found += _batch(texts[start : start + BATCH], bwrap, loop)
    return found


def _batch(texts: list[str], bwrap: str, loop: str) -> list[Verdict]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            content = text.encode('utf-8', 'surrogatepass')
            (folder / f'{number:05}.conf').write_bytes(content)
        for file in STOCK:
            shutil.copy(Path('/etc/nginx', file), folder)
        numbered = list(enumerate(PEOPLE))
        (folder / 'passwd').write_text(''.join(f'{p}:x:{n}:{n}::/:\n' for n, p in numbered))
        (folder / 'group').write_text(''.join(f'{p}:x:{n}:\n' for n, p in numbered))
        done = subprocess.run(
            [bwrap, *_options(folder), '/bin/sh', '-c', loop],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
        )
    output = done.stdout.decode('utf-8', 'replace')
    parts = re.split(r'^=== /conf/(\d+)\.conf\n', output, flags=re.MULTILINE)
    said = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
    assert len(said) == len(texts), done.stderr.decode('utf-8', 'replace')
    return [_verdict(said[number]) for number in range(len(texts))]


def _options(folder: Path) -> list[str]:
    options = ['--unshare-all', '--die-with-parent', '--new-session', '--clearenv']
    options += ['--cap-drop', 'ALL', '--uid', '65534', '--gid', '65534']
    options += ['--ro-bind', '/usr', '/usr', '--dev', '/dev', '--tmpfs', '/tmp']
    for target, link in LINKS:
        options += ['--symlink', target, link]
    for path in FOLDERS:
        options += ['--dir', path]
    for name in ('passwd', 'group'):
        options += ['--ro-bind', str(folder / name), f'/etc/{name}']
    return [*options, '--ro-bind', str(folder), '/conf']


def _verdict(said: str) -> Verdict:
    if 'test is successful' in said or 'bind() to' in said:  # it binds when all is read
        return Verdict('ok', None, '')
    fault = next((line for line in said.splitlines() if '[emerg]' in line), said)
    if _OF_THE_HOST.search(fault):
        return Verdict('host', None, fault)
    line = re.search(r'/conf/\d+\.conf:(\d+)$', fault)
    return Verdict('bad', int(line[1]) if line else None, fault)
