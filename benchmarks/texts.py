"""The texts that are measured: real ones, and made ones of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tools.agreement.cases import originals, packaged
from tools.agreement.packages import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = 'this site and its tests'
PACKAGES = 'packages of Debian'
DOCUMENTATION = 'documentation in packages of Debian'
SETS = {SITE: ('page', 'sample'), PACKAGES: ('package',), DOCUMENTATION: ('documentation',)}
"""Whose texts are measured, each set of its own, and the kinds of texts that they have: of the
samples of our tests many are faulty."""

HEADS = {'apache': '', 'nginx': 'events {\n}\nhttp {\n', 'uwsgi': '[uwsgi]\nstrict = true\n'}
TAILS = {'apache': '', 'nginx': '}\n', 'uwsgi': ''}
PARTS = {
    'apache': """\
# Host {number}
<VirtualHost *:80>
    ServerName host-{number}.example.org
    DocumentRoot "/srv/www/{number}"
    ProxyPass "/image" "http://127.0.0.1:60999/image" connectiontimeout=5 timeout=300
    RequestHeader set X-Forwarded-Proto "https" "expr=%{{HTTPS}} == 'on'"
    <Directory "/srv/www/{number}">
        Options FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>
    RewriteEngine on
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
    CustomLog "/var/log/apache2/{number}.log" combined
</VirtualHost>

""",
    'nginx': """\
    # Host {number}
    server {{
        listen 80;
        server_name host-{number}.example.org;
        root /srv/www/{number};
        access_log /var/log/nginx/{number}.log combined;
        location / {{
            proxy_pass http://127.0.0.1:60999;
            proxy_set_header Host $host;
            proxy_read_timeout 300s;
            client_max_body_size 0;
        }}
        location ~ \\.(gif|png)$ {{
            expires 30d;
        }}
    }}

""",
    'uwsgi': """\
# Host {number}
env = HOST_{number}=host-{number}.example.org
static-map = /static/{number}=/srv/www/{number}
route = ^/old/{number}/(.*)$ redirect:/new/$1
attach-daemon = /usr/bin/worker --number {number}
add-header = X-Host-{number}: yes

""",
}


class Text(NamedTuple):
    """A text of one engine, standing in a context (None: not said)."""

    engine: str
    name: str
    text: str
    context: str | None


def real(engine: str, whose: str = SITE) -> list[Text]:
    """Return what people wrote: a set of `SETS`, none where the packages were not fetched."""
    given = originals(engine) if whose == SITE else packaged(engine, FOLDER)
    found = [
        Text(engine, f'{case.kind} {case.origin}', case.text, case.context)
        for case in given
        if case.kind in SETS[whose] and case.text.strip()
    ]
    return list(dict.fromkeys(found))


def sets(engine: str) -> dict[str, list[Text]]:
    """Return the sets that have texts of an engine."""
    return {whose: texts for whose in SETS if (texts := real(engine, whose))}


def made(engine: str, size: int) -> Text:
    """Return a text without faults of about ``size`` characters."""
    pieces = [HEADS[engine], *_parts(engine, size), TAILS[engine]]
    context = {'apache': 'server', 'nginx': 'main', 'uwsgi': 'file'}[engine]
    return Text(engine, f'made {size}', ''.join(pieces), context)


def page(blocks: int) -> str:
    """Return a page in reStructuredText with so many blocks, of the three engines in turn."""
    written = ['Page\n====\n\n']
    engines = tuple(PARTS)
    for number in range(blocks):
        engine = engines[number % len(engines)]
        part = PARTS[engine].format(number=number).replace('60999', str(1024 + number % 60_000))
        language = 'ini' if engine == 'uwsgi' else engine
        head = HEADS[engine] if engine == 'uwsgi' else ''
        block = ''.join(f'   {line}\n' if line else '\n' for line in f'{head}{part}'.split('\n'))
        written.append(f'.. code-block:: {language}\n\n{block}\n')
    return ''.join(written)


def _parts(engine: str, size: int) -> Iterator[str]:
    number = length = 0
    while length < size:
        number += 1
        part = PARTS[engine].format(number=number)
        length += len(part)
        yield part
