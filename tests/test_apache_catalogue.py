"""What the catalogue of Apache says, and that the installed engine says the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from glance_docs_ext.engines import get_engine
from tests.asked import require_engine

APACHE = get_engine('apache')


def test_the_catalogue_holds_all_directives_of_apache_and_mod_wsgi() -> None:
    assert len(APACHE.catalogue) >= 770
    keys = ('wsgidaemonprocess', 'proxypass', '<virtualhost')
    owners = [entry.owner for key in keys for entry in APACHE.catalogue[key]]
    assert owners == ['mod_wsgi.c', 'mod_proxy.c', 'core.c']


@pytest.mark.parametrize(
    ('key', 'allowed', 'refused'),
    [
        ('listen', {'server'}, {'vhost', 'directory', 'location'}),
        ('proxypass', {'server', 'vhost', 'location'}, {'directory', 'files', 'if'}),
        ('require', {'directory', 'location', 'requireall', 'htaccess'}, {'server', 'vhost'}),
        ('<requireall', {'directory', 'location', 'requireall'}, {'server', 'vhost'}),
        ('servername', {'server', 'vhost'}, {'directory', 'htaccess'}),
        ('rewriterule', {'server', 'vhost', 'directory', 'htaccess'}, set()),
        ('<virtualhost', {'server'}, {'vhost', 'directory'}),
    ],
)
def test_a_directive_knows_its_places(key: str, allowed: set[str], refused: set[str]) -> None:
    (entry,) = APACHE.catalogue[key]
    assert allowed - entry.contexts == set()
    assert refused & entry.contexts == set()


def test_names_of_prose_are_found_and_lead_to_the_manual() -> None:
    urls = {
        'ProxyPass': 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
        '<VirtualHost>': 'https://httpd.apache.org/docs/2.4/mod/core.html#virtualhost',
        'VirtualHost': 'https://httpd.apache.org/docs/2.4/mod/core.html#virtualhost',
        'KeepAlive': 'https://httpd.apache.org/docs/2.4/mod/core.html#keepalive',
    }
    for name, url in urls.items():
        (entry,) = APACHE.catalogue[APACHE.key(name)]
        assert APACHE.reference_url(entry) == url
    (entry,) = APACHE.catalogue[APACHE.key('wsgidaemonprocess')]
    assert APACHE.reference_url(entry).endswith('/configuration-directives/WSGIDaemonProcess.html')


def test_the_installed_modules_say_what_the_catalogue_says() -> None:
    require_engine('apache')
    pytest.importorskip('elftools', reason='pyelftools is not installed')
    from tools.catalogues import apache  # noqa: PLC0415 - needs pyelftools

    if apache.version() != APACHE.catalogue.version:
        pytest.skip(f'Apache {apache.version()} is installed, the catalogue is of another version')
    modules = [
        module for module in apache.installed_modules() if module.symbol not in apache.OTHER_MPMS
    ]
    for item in apache.entries(modules, {}):
        known = APACHE.catalogue[str(item['key'])]
        assert (item['owner'], item['kind']) in {(entry.owner, entry.kind) for entry in known}


def test_the_engine_lists_no_directive_that_the_catalogue_lacks() -> None:
    require_engine('apache')
    pytest.importorskip('elftools', reason='pyelftools is not installed')
    from tools.catalogues.apache_engine import run  # noqa: PLC0415 - needs pyelftools

    ((status, output),) = run([''], '-L')
    assert status == 0
    listed = [
        line.split(' ', 1)[0].lower()
        for line in output.split('\n')
        if line.endswith('.c)') and not line.startswith('\t')
    ]
    assert len(listed) > 700
    assert [name for name in listed if name not in APACHE.catalogue] == []


def test_the_catalogue_is_read_in_milliseconds() -> None:
    code = (
        'import time; from glance_docs_ext.catalogue import Catalogue;'
        'from importlib.resources import files;'
        'f = files("glance_docs_ext.engines.apache") / "catalogues" / "2.4.71.json";'
        'start = time.process_time(); Catalogue.read(f); print(time.process_time() - start)'
    )
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.1
