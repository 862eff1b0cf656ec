"""The real engines accept every configuration that the built site publishes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.native import uwsgi
from glance_docs_ext.native.verdicts import ACCEPTED, Outcome, Verdict
from tests import site
from tests.asked import asked, parsed
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCKS = [block for block in site.published() if not block.shows_a_fault]


def asked_of_the_wheel(text: str, context: str | None = None) -> Verdict:
    """Return what the uWSGI of the wheel ``pyuwsgi`` says, which has its plugins built in."""
    require('bwrap')
    pytest.importorskip('pyuwsgi')
    visible = tuple(Path(prefix) for prefix in sorted({sys.prefix, sys.base_prefix} - {'/usr'}))
    build = uwsgi.Build((sys.executable, '-c', 'import pyuwsgi; pyuwsgi.run()'), visible)
    return uwsgi.verdict(parsed('uwsgi', text, context), build)


def taken_from_html(block: site.Published, folder: Path) -> str:
    """Return the text that a reader of the built page copies."""
    built = site.html_blocks(folder / 'html', block.page)
    same = [text for engine, text in built if (engine, text) == (block.engine, block.text + '\n')]
    assert same, f'{block} is not in {block.page}.html'
    return same[0]


@pytest.mark.parametrize('block', BLOCKS, ids=str)
def test_the_engine_accepts_what_the_site_publishes(
    block: site.Published, built_site: Path
) -> None:
    text = taken_from_html(block, built_site)
    assert asked(block.engine, text, block.options.get('context')) == ACCEPTED


@pytest.mark.parametrize('block', [b for b in BLOCKS if b.engine == 'uwsgi'], ids=str)
def test_the_wheel_of_uwsgi_accepts_what_the_site_publishes(
    block: site.Published, built_site: Path
) -> None:
    text = taken_from_html(block, built_site)
    assert asked_of_the_wheel(text, block.options.get('context')) == ACCEPTED


# The judges themselves: a fault is seen, and is told in the engine's own words.


@pytest.mark.parametrize(
    ('engine', 'text', 'context', 'words'),
    [
        ('apache', 'ProxyPas / http://127.0.0.1:1/', None, "Invalid command 'ProxyPas'"),
        ('apache', '<VirtualHost *:80>', None, 'was not closed'),
        ('apache', 'Listen 8080', 'vhost', 'cannot occur within <VirtualHost> section'),
        ('apache', 'DocumentRoot /srv/www /srv/other', None, 'DocumentRoot takes one argument'),
        ('nginx', 'server {\n    lisen 80;\n}', None, 'unknown directive "lisen"'),
        ('nginx', 'proxy_pass http://127.0.0.1:1', 'location', 'unexpected end of file'),
        ('nginx', 'worker_processes 4;', 'server', 'directive is not allowed here'),
    ],
)
def test_an_engine_refuses_a_fault(engine: str, text: str, context: str | None, words: str) -> None:
    found = asked(engine, text, context)
    assert (found.outcome, words in found.message) == (Outcome.REFUSED, True), found


@pytest.mark.parametrize('ask', [lambda text: asked('uwsgi', text), asked_of_the_wheel])
@pytest.mark.parametrize(
    ('text', 'outcome', 'words'),
    [
        ('[uwsgi]\nproceses = 4', Outcome.REFUSED, 'unknown config directive: proceses'),
        ('[uwsgi] ; x\nmaster = true', Outcome.IGNORED, 'there is no section [uwsgi]'),
        ('[uwsgi]\nchmod-socket = rw', Outcome.REFUSED, 'invalid chmod value: rw'),
    ],
)
def test_uwsgi_refuses_a_fault(
    text: str, outcome: Outcome, words: str, ask: Callable[[str], Verdict]
) -> None:
    found = ask(text)
    assert (found.outcome, words in found.message) == (outcome, True), found


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
    assert asked('apache', LACKING) == ACCEPTED
    assert asked('uwsgi', '[uwsgi]\nuid = glance\nchdir = /srv/none\n') == ACCEPTED
    assert asked('nginx', 'server {\n    listen 80;\n}') == ACCEPTED
