"""What the real engines say of a block: '' where they accept it, else their own words.

What depends on the machine and not on the text (folders, log files, users, certificates) is made
up in the sandbox, so that only the text is judged.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import sandbox
from tests.engines import require

if TYPE_CHECKING:
    import subprocess

MODULES = Path('/usr/lib/apache2/modules')
MPM = 'mod_mpm_event.so'
SECTIONS = {
    'vhost': '<VirtualHost *:80>\n{}\n</VirtualHost>',
    'directory': '<Directory "/srv">\n{}\n</Directory>',
    'location': '<Location "/">\n{}\n</Location>',
    'files': '<Files "x">\n{}\n</Files>',
    'proxy': '<Proxy "*">\n{}\n</Proxy>',
    'if': '<If "true">\n{}\n</If>',
}
ABSOLUTE = re.compile(r'(?<![\w:/.])(/[\w.+-]+(?:/[\w.+-]+)+)')
PORT_BELOW_1024 = re.compile(r'bind\(\) to \S+:\d{1,3} failed \(13: ')
ONLY_IN_HTTP = re.compile(r'\s*(location|listen|server_name|proxy_\w+|uwsgi_\w+)\b')


def apache(text: str, context: str | None) -> str:
    """Return what ``apache2 -t`` says of ``text`` with all modules loaded."""
    wrapper = '\n'.join(
        [
            *_load_modules(),
            'ServerRoot /tmp',
            'ServerName localhost',
            'ErrorLog /dev/stderr',
            'Include /conf/block.conf',
        ]
    )
    block = SECTIONS.get(context or '', '{}').format(text)
    done = sandbox.run(
        [require('apache2'), '-t', '-f', '/conf/wrapper.conf'],
        {
            '/conf/wrapper.conf': wrapper,
            '/conf/block.conf': block + '\n',
            **dict.fromkeys(_certificates(text), 'not read by -t'),
        },
        folders=_folders(text),
        environment={'APACHE_LOG_DIR': '/tmp', 'APACHE_RUN_DIR': '/tmp'},
    )
    return _words(done)


@cache
def _load_modules() -> tuple[str, ...]:
    """Return a LoadModule line for every module of Debian's apache2-bin, but for the other MPMs."""
    files = [file for file in sorted(MODULES.glob('mod_*.so')) if 'mod_mpm_' not in file.name]
    return tuple(
        f'LoadModule {file.stem.removeprefix("mod_")}_module {file}'
        for file in [MODULES / MPM, *files]
    )


def nginx(text: str, context: str | None) -> str:
    """Return what ``nginx -t`` says of ``text``, which may be whole or what stands in ``http``."""
    if context in {'server', 'location'} or (not context and ONLY_IN_HTTP.match(text)):
        text = f'server {{\n{text}\n}}'
    if context == 'location':
        text = text.replace('{\n', '{\nlocation / {\n', 1) + '\n}'
    if not re.search(r'^\s*events\b', text, re.MULTILINE):
        text = f'events {{}}\nhttp {{\n{text}\n}}'
    temporary = ''.join(
        f'{name}_temp_path /tmp/{name};\n'
        for name in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')
    )
    text = re.sub(r'^(\s*http\s*\{)', rf'\1\n{temporary}', text, count=1, flags=re.MULTILINE)
    command = [require('nginx'), '-t', '-e', 'stderr', '-g', 'pid /tmp/nginx.pid;']
    done = sandbox.run(
        command,
        {'/etc/nginx/nginx.conf': text + '\n'},
        folders=['/var/log/nginx', *_folders(text)],
        visible=['/etc/nginx'],
    )
    # After reading, -t binds the addresses, and an ordinary user may not bind port 80.
    emergencies = re.findall(r'\[emerg\] \S+ (.*)', done.stderr)
    if all(PORT_BELOW_1024.match(words) for words in emergencies) and 'syntax is ok' in done.stderr:
        return ''
    return _words(done)


def uwsgi(text: str, context: str | None, program: str) -> str:
    """Return what uWSGI in strict mode says of ``text``, which may be a part of a section.

    :param program: ``uwsgi`` (Debian's, its plugins apart) or ``pyuwsgi`` (the wheel, all in one)
    """
    if context == 'section':
        text = f'[uwsgi]\n{text}'
    if program == 'uwsgi':
        command = [require('uwsgi'), '--plugins', 'http,python3']
        visible = ['/etc/alternatives']  # what Debian's names of both lead through
    else:
        pytest.importorskip('pyuwsgi')
        command = [sys.executable, '-c', 'import pyuwsgi; pyuwsgi.run()']
        visible = sorted({sys.prefix, sys.base_prefix} - {'/usr'})
    done = sandbox.run(
        [*command, '--strict', '--get', 'no-such-key', '--ini', '/conf/app.ini'],
        {'/conf/app.ini': text + '\n'},
        folders=_folders(text),
        visible=visible,
    )
    if "Can't find section" in done.stderr:
        return done.stderr
    return _words(done)


def _words(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == 0:
        return ''
    return (done.stdout + done.stderr).strip() or f'exit status {done.returncode}'


def _folders(text: str) -> list[str]:
    """Return the folders that the absolute paths of ``text`` stand in, and those paths' own."""
    found = set()
    for path in ABSOLUTE.findall(text):
        found.add(str(Path(path).parent))
        if not Path(path).suffix:
            found.add(path)
    return sorted(
        path for path in found if not path.startswith(('/usr', '/dev', '/tmp', '/etc/nginx'))
    )


def _certificates(text: str) -> list[str]:
    return re.findall(r'^\s*SSLCertificate(?:Key)?File\s+"?([^\s"]+)', text, re.MULTILINE)
