"""The real engines accept every configuration that the built site publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import sandbox, site, verdicts

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = [block for block in site.published() if not block.shows_a_fault]


def blocks_for(engine: str) -> list[site.Published]:
    return [block for block in BLOCKS if block.engine == engine]


def taken_from_html(block: site.Published, folder: Path) -> str:
    """Return the text that a reader of the built page copies."""
    built = site.html_blocks(folder / 'html', block.page)
    same = [text for engine, text in built if (engine, text) == (block.engine, block.text + '\n')]
    assert same, f'{block} is not in {block.page}.html'
    return same[0]


@pytest.mark.parametrize('block', blocks_for('apache'), ids=str)
def test_apache_accepts_what_the_site_publishes(block: site.Published, built_site: Path) -> None:
    text = taken_from_html(block, built_site)
    assert verdicts.apache(text, block.options.get('context')) == ''


@pytest.mark.parametrize('block', blocks_for('nginx'), ids=str)
def test_nginx_accepts_what_the_site_publishes(block: site.Published, built_site: Path) -> None:
    text = taken_from_html(block, built_site)
    assert verdicts.nginx(text, block.options.get('context')) == ''


@pytest.mark.parametrize('program', ['uwsgi', 'pyuwsgi'])
@pytest.mark.parametrize('block', blocks_for('uwsgi'), ids=str)
def test_uwsgi_accepts_what_the_site_publishes(
    block: site.Published, program: str, built_site: Path
) -> None:
    text = taken_from_html(block, built_site)
    assert verdicts.uwsgi(text, block.options.get('context'), program) == ''


# The judges themselves: a fault is seen, and is told in the engine's own words.


@pytest.mark.parametrize(
    ('text', 'context', 'words'),
    [
        ('ProxyPas / http://127.0.0.1:1/', None, "Invalid command 'ProxyPas'"),
        ('<VirtualHost *:80>', None, 'was not closed'),
        ('Listen 8080', 'vhost', 'cannot occur within <VirtualHost> section'),
        ('DocumentRoot /srv/www /srv/other', None, 'DocumentRoot takes one argument'),
    ],
)
def test_apache_refuses_a_fault(text: str, context: str | None, words: str) -> None:
    assert words in verdicts.apache(text, context)


@pytest.mark.parametrize(
    ('text', 'context', 'words'),
    [
        ('server {\n    lisen 80;\n}', None, 'unknown directive "lisen"'),
        ('proxy_pass http://127.0.0.1:1', 'location', 'unexpected "}"'),
        ('worker_processes 4;', 'server', 'directive is not allowed here'),
    ],
)
def test_nginx_refuses_a_fault(text: str, context: str | None, words: str) -> None:
    assert words in verdicts.nginx(text, context)


@pytest.mark.parametrize('program', ['uwsgi', 'pyuwsgi'])
@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('[uwsgi]\nproceses = 4', 'unknown config directive: proceses'),
        ('[uwsgi] ; x\nmaster = true', 'Can\'t find section "uwsgi"'),
        ('[uwsgi]\nchmod-socket = rw', 'invalid chmod value: rw'),
    ],
)
def test_uwsgi_refuses_a_fault(text: str, words: str, program: str) -> None:
    assert words in verdicts.uwsgi(text, None, program)


LACKING = """\
DocumentRoot /srv/none
ErrorLog /var/log/none/error.log
User glance
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/none.pem
</VirtualHost>
"""


def test_what_the_machine_lacks_is_no_fault_of_the_text() -> None:
    assert verdicts.apache(LACKING, None) == ''
    assert verdicts.uwsgi('[uwsgi]\nuid = glance\nchdir = /srv/none\n', None, 'uwsgi') == ''
    assert verdicts.nginx('server {\n    listen 80;\n}', None) == ''


@pytest.mark.parametrize('path', ['/etc/hostname', '/etc/shadow', '/proc/1/environ', '/root'])
def test_an_engine_sees_nothing_of_this_machine(path: str) -> None:
    done = sandbox.run(['/bin/ls', '-d', path], {})
    assert done.stdout == ''
    assert 'No such file or directory' in done.stderr
