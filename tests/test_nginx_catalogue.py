"""The nginx catalogue is what the installed modules say, and what newer versions add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glance_docs_ext.engines import get_engine
from glance_docs_ext.engines.nginx import contexts
from glance_docs_ext.engines.nginx.variables import known
from tests.engines import require
from tools.catalogues.nginx import entries
from tools.catalogues.nginx_compare import differences, known_to, takes
from tools.catalogues.nginx_elf import read_modules, read_variables

NGINX = get_engine('nginx')
CATALOGUE = NGINX.catalogue
MODULES = Path('/usr/lib/nginx/modules')


def rows(text: str) -> list[str]:
    return [line.rstrip(',') for line in text.splitlines() if line.startswith('{"name"')]


def test_every_directive_of_the_installed_modules_stands_in_the_catalogue_as_it_is() -> None:
    nginx = require('nginx')
    if b'nginx/1.22.' not in Path(nginx).read_bytes():
        pytest.skip('the catalogue was read out of nginx 1.22, another one is installed')
    files = [Path(nginx), *sorted(MODULES.glob('*.so'))]
    installed = entries(module for file in files for module in read_modules(file))
    committed = (Path(contexts.__file__).parent / 'catalogues' / '1.31.json').read_text('utf-8')
    missing = {json.dumps(row, ensure_ascii=False) for row in installed} - set(rows(committed))
    assert sorted(missing) == []
    assert len(installed) > 700


def test_the_catalogue_says_of_the_installed_version_what_that_says_itself() -> None:
    require('nginx')
    assert list(differences(Path('/'))) == []


def test_what_a_later_version_reads_otherwise_stands_for_what_was_before() -> None:
    row = {'name': 'rate', 'owner': 'proxy', 'arity': [1, 1], 'kind': 'size'}
    rows = [row, {**row, 'kind': 'value', 'since': '1.27.0'}, {**row, 'until': '1.23.0'}]
    assert list(known_to('1.26.3', rows)) == [row]
    assert list(known_to('1.30.6', rows)) == [rows[1]]
    assert list(known_to('1.22.1', rows)) == [row, rows[2]]


def test_a_directive_that_the_catalogue_has_in_another_place_is_a_difference() -> None:
    row = {'name': 'rate', 'contexts': ['http'], 'arity': [1, None]}
    assert takes([row]) != takes([{**row, 'contexts': ['server']}])
    assert takes([row]) != takes([{**row, 'arity': [2, None]}])
    assert takes([row]) != takes([{**row, 'flags': ['=on']}])
    assert takes([row]) == takes([{**row, 'arity': [1, 2]}, {**row, 'arity': [3, None]}])


def test_the_variables_of_nginx_itself_are_known() -> None:
    found = list(read_variables(Path(require('nginx'))))
    assert len(found) > 100
    names = known('http')
    assert [v.name for v in found if not names.has(v.name)] == []


def test_every_context_of_an_entry_has_words() -> None:
    used = {name for key in CATALOGUE for entry in CATALOGUE[key] for name in entry.contexts}
    assert used <= set(contexts.WORDS)


def test_what_is_younger_than_the_modules_says_since_when() -> None:
    assert {e.since for e in CATALOGUE['http3']} == {'1.25.0'}
    assert {e.since for e in CATALOGUE['http2']} == {'1.25.1'}
    assert {e.until for e in CATALOGUE['ssl']} == {'1.25.1'}
    by_module = {e.owner: e.since for e in CATALOGUE['ssl_reject_handshake']}
    assert by_module == {'ngx_http_ssl_module': '', 'ngx_stream_ssl_module': '1.25.5'}


def test_a_directive_leads_to_its_place_in_the_manual() -> None:
    urls = {key: NGINX.reference_url(CATALOGUE[key][0]) for key in ('proxy_pass', 'gzip', 'user')}
    assert urls == {
        'proxy_pass': 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
        'gzip': 'https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip',
        'user': 'https://nginx.org/en/docs/ngx_core_module.html#user',
    }
    assert NGINX.reference_url(CATALOGUE['content_by_lua'][0]) == ''
