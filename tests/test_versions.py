"""The version that is deployed: what it does not know yet or any more, from all doors."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from glance_docs_ext.catalogue import Catalogue
from glance_docs_ext.checker import check
from glance_docs_ext.cli import main
from glance_docs_ext.diagnostics import UnknownEngineError, UnknownVersionError
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.native import nginx
from glance_docs_ext.source import Source
from tests.asked import asked_of_each

DEBIAN = Catalogue.read(files('glance_docs_ext.engines.uwsgi') / 'catalogues' / 'uwsgi-2.0.21.json')
YOUNG = '[uwsgi]\nmax-requests-delta = 10\n'


def codes(engine: str, text: str, version: str = '', context: str | None = None) -> list[str]:
    return [d.code for d in check(Source(text, 'x'), engine, context, version).diagnostics]


def test_the_options_of_an_older_uwsgi_are_those_of_its_own_catalogue() -> None:
    uwsgi = get_engine('uwsgi', '2.0.21')
    known = {
        name
        for name in uwsgi.catalogue
        if any(entry.is_known_to(uwsgi.version) for entry in uwsgi.catalogue[name])
    }
    assert known == set(DEBIAN)


def test_what_came_later_is_refused_by_the_older_uwsgi_itself() -> None:
    catalogue = get_engine('uwsgi').catalogue
    young = [name for name in catalogue if name not in DEBIAN]
    assert len(young) >= 4
    texts = [(f'[uwsgi]\n{name} = 1\n', 'file') for name in young]
    for name, verdict in zip(young, asked_of_each('uwsgi', texts), strict=True):
        assert verdict.message == f'the uWSGI here does not know {name}'
        assert codes('uwsgi', f'[uwsgi]\n{name} = 1\n', '2.0.21') == ['CFG204']


def test_what_came_later_is_refused_by_the_older_nginx_itself() -> None:
    cases = [
        (entry.name, context)
        for entries in get_engine('nginx').catalogue.entries.values()
        for entry in entries
        for context in entry.contexts & nginx.AROUND.keys()
        if entry.since and 'flag' in entry.flags
    ]
    assert len(cases) >= 10
    texts = [(f'{name} on;', context) for name, context in cases]
    for (name, context), verdict in zip(cases, asked_of_each('nginx', texts), strict=True):
        assert verdict.message == f'the nginx here does not know {name}', context
        assert 'CFG204' in codes('nginx', f'{name} on;\n', '1.22.1', context), (name, context)


def test_a_place_that_came_later_is_told_apart_from_a_name() -> None:
    text = 'stream {\n server {\n  listen 443;\n  return ok;\n  server_name a.b;\n }\n}\n'
    (found,) = [
        d for d in check(Source(text, 'x'), 'nginx', None, '1.22.1').diagnostics if d.severity.fails
    ]
    assert found.message == 'server_name is not known here to nginx 1.22.1: it came with 1.25.5'
    web = 'http {\n    server {\n        listen 80;\n        server_name a.b;\n    }\n}\n'
    assert 'CFG204' not in codes('nginx', web, '1.22.1')


def test_nothing_is_said_where_nobody_names_a_version() -> None:
    assert codes('uwsgi', YOUNG) == []
    assert codes('uwsgi', '[uwsgi]\nenable-threads = false\n') == []
    assert codes('nginx', 'server {\n    listen 443 ssl;\n    http2 on;\n}\n') == []


def test_a_newer_version_than_ours_is_read_as_ours() -> None:
    assert codes('uwsgi', YOUNG, '2.1') == []
    assert codes('apache', 'AliasPreservePath On\n', '2.6.0') == []


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('<IfVersion >= 2.4.58>\n    AliasPreservePath On\n</IfVersion>\n', []),
        ('<IfVersion < 2.4.58>\n    AliasPreservePath On\n</IfVersion>\n', ['CFG204']),
        ('<IfDirective AliasPreservePath>\n    AliasPreservePath On\n</IfDirective>\n', []),
        ('<IfModule http2_module>\n    H2Direct on\n</IfModule>\n', []),
        ('<IfModule mod_alias.c>\n    AliasPreservePath On\n</IfModule>\n', ['CFG204']),
        ('ProxyPass / http://127.0.0.1:9292/\n', []),
    ],
)
def test_what_an_older_apache_does_not_read_is_not_told(text: str, expected: list[str]) -> None:
    version = '2.4.16' if 'http2' in text else '2.4.57'
    found = [code for code in codes('apache', text, version) if code == 'CFG204']
    assert found == expected


@pytest.mark.parametrize(
    'version', ['2', '1.x', '', ' 2.0.21', '2.0.21-5', '\u0662.\u0660', '9' * 5000]
)
def test_what_is_no_version_is_refused_with_words(version: str) -> None:
    if not version:
        assert get_engine('uwsgi', version).version is None
        return
    with pytest.raises(UnknownVersionError, match=r'is no version of uWSGI; write one such as'):
        get_engine('uwsgi', version)


@pytest.mark.parametrize(
    ('engine', 'version'),
    [('uwsgi', '1.9.20'), ('nginx', '1.18.0'), ('apache', '2.2.34'), ('nginx', '1.22.1-nossl')],
)
def test_a_version_that_nothing_is_known_of_is_refused_with_words(
    engine: str, version: str
) -> None:
    with pytest.raises(UnknownVersionError, match='nothing is known of'):
        get_engine(engine, version)


def test_an_unknown_server_has_no_versions() -> None:
    with pytest.raises(UnknownEngineError, match='expected one of: apache'):
        get_engine('lighttpd', '1.4')


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_each_catalogue_says_how_far_back_it_goes(engine: str) -> None:
    catalogue = ENGINES[engine].catalogue
    assert get_engine(engine, catalogue.oldest).version
    assert get_engine(engine, catalogue.version).version
    assert any(entry.since for entries in catalogue.entries.values() for entry in entries)


def test_the_command_line_takes_a_version_for_each_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path('app.ini').write_text(YOUNG, encoding='utf-8')
    Path('site.nginx').write_text('server {\n    http2 on;\n}\n', encoding='utf-8')
    assert main(['check', '.']) == 0
    capsys.readouterr()
    versions = ['--engine-version', 'uwsgi=2.0.21', '--engine-version', 'nginx=1.22.1']
    assert main(['check', '.', '--format', 'json', *versions]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(f['path'], f['line'], f['code']) for f in found] == [
        ('app.ini', 2, 'CFG204'),
        ('site.nginx', 2, 'CFG204'),
    ]


@pytest.mark.parametrize(
    ('given', 'words'),
    [
        ('uwsgi', 'expected ENGINE=VERSION'),
        ('uwsgi=', 'expected ENGINE=VERSION'),
        ('lighttpd=1.4', 'unknown engine'),
        ('uwsgi=latest', 'is no version of uWSGI'),
        ('nginx=1.18', 'write 1.22 or a newer one'),
    ],
)
def test_a_wrong_version_on_the_command_line_is_wrong_usage(
    given: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(['check', '--engine-version', given, 'x.ini'])
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_the_command_line_knows_release_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path('page.rst').write_text('.. versionadded:: 999.0\n', encoding='utf-8')
    assert main(['check', 'page.rst']) == 0
    assert main(['check', 'page.rst', '--releases', 'glance']) == 1
    assert 'page.rst:1:19: warning: CFG304' in capsys.readouterr().out
    Path('own.json').write_text('{"releases": {"1000": {}}}', encoding='utf-8')
    assert main(['check', 'page.rst', '--releases', 'own.json']) == 0
    assert main(['check', 'page.rst', '--releases', 'none.json']) == 2
    assert 'cannot read' in capsys.readouterr().err
