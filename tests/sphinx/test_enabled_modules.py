"""Which modules of Apache a page switches on, and which it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.cli import main
from glance_docs_ext.enabled import enabled_by
from glance_docs_ext.engines.apache import CATALOGUE
from glance_docs_ext.engines.apache.debian import DEFAULT, DEPENDS, MODULES, module_of, switched_on
from glance_docs_ext.inputs import Input
from glance_docs_ext.pages import read_page
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sphinx.small_project import SmallProject

PROXY = (
    '.. code-block:: apache\n\n   ProxyPass / http://127.0.0.1:9292/ disablereuse=On\n'
    '   ProxyPassReverse / http://127.0.0.1:9292/\n'
)


def page(commands: str, block: str = PROXY) -> str:
    return f'.. code-block:: console\n\n   {commands}\n\n{block}'


def apache(text: str) -> str:
    lines = ''.join(f'   {line}\n' for line in text.splitlines())
    return f'.. code-block:: apache\n\n{lines}'


def missing(text: str) -> list[str]:
    """Return the modules that a page is told to leave out."""
    read = read_page('page.rst', text)
    given = Input('page.rst', read.blocks, read.notes, read.diagnostics, told=read.told)
    return [d.help.rpartition(' ')[2] for d in findings([given]) if d.code == 'DEP432']


@pytest.mark.parametrize(
    ('commands', 'expected'),
    [
        ('# a2enmod proxy', ['proxy_http']),
        ('$ sudo a2enmod proxy proxy_uwsgi', ['proxy_http']),
        ('$ sudo a2enmod -q proxy', ['proxy_http']),
        ('RUN a2enmod proxy && a2enmod ssl', ['proxy_http']),
        ('# a2enmod proxy_http', []),
        ('# a2enmod proxy; a2enmod proxy_http', []),
        ('# a2enmod proxy*', []),
        ('# a2enmod PROXY_HTTP', []),
        ('# a2enmod ssl', []),  # for something else
        ('# a2ensite glance', []),
        ('# a2enmod', []),
    ],
)
def test_a_page_that_switches_on_the_proxy_without_its_protocol_is_told(
    commands: str, expected: list[str]
) -> None:
    assert missing(page(commands)) == expected


@pytest.mark.parametrize(
    ('block', 'expected'),
    [
        (
            'RewriteEngine On\nRewriteRule ^/(.*)$ http://127.0.0.1:1/$1 [P]',
            ['rewrite', 'proxy_http'],
        ),
        ('Header set X-Frame-Options DENY', []),  # nothing of it needs the proxy
        ('ProxyPreserveHost On\nHeader set X-Frame-Options DENY', ['headers']),
        ('ProxyPreserveHost On\n<IfModule mod_headers.c>\nHeader set X y\n</IfModule>', []),
        ('ProxyPreserveHost On\nDirectoryIndex index.html\nSetEnv A b\nRequire all granted', []),
        ('ProxyPreserveHost On\nWSGIScriptAlias / /srv/app.wsgi', []),
        ('ProxyPreserveHost On\nCustomLog /var/log/a combined\nTimeout 60', []),
        ('LoadModule headers_module m.so\nProxyPreserveHost On\nHeader set X y', []),
        ('ProxyPass / ajp://127.0.0.1:8009/\nProxyPass /x ajp://127.0.0.1:8010/', ['proxy_ajp']),
        ('ProxyPass / ws://127.0.0.1:8009/', []),
        ('ProxyPass / ${BACKEND}', []),
    ],
)
def test_what_a_block_needs_is_told_once_and_never_what_is_there(
    block: str, expected: list[str]
) -> None:
    found = missing(page('# a2enmod proxy', apache(block)))
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    'prose',
    [
        'You need ``mod_proxy_http``, too.',
        'Enable proxy_http.',
        ':: \n\n   Module proxy_http_module',
    ],
)
def test_a_module_that_the_page_speaks_of_is_taken_as_told(prose: str) -> None:
    assert missing(f'{page("# a2enmod proxy")}\n{prose}\n') == []


def test_a_page_without_a_command_is_not_judged() -> None:
    assert missing(PROXY) == []
    assert enabled_by([('p.rst', 'a2enmods proxy')]) is None


def test_the_finding_stands_at_the_need_and_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'page.rst').write_text(page('# a2enmod proxy'), encoding='utf-8')
    assert main(['check', 'page.rst']) == 1
    said = capsys.readouterr().out
    assert 'page.rst:7:16: warning: DEP432 http:// needs the module proxy_http' in said
    assert 'what is switched on: page.rst:3:6  # a2enmod proxy' in said


def test_sphinx_finds_the_same_also_where_the_command_is_included(project: SmallProject) -> None:
    project.write(index=f'.. include:: modules.inc\n\n{PROXY}')
    project.add('modules.inc', '::\n\n   # a2enmod proxy\n')
    assert project.build().findings == ['index.rst:5:16 DEP432']
    path = str(project.folder / 'index.rst')
    read = read_page(path, (project.folder / 'index.rst').read_text(encoding='utf-8'))
    given = Input(path, read.blocks, read.notes, read.diagnostics, told=read.told)
    assert [d.code for d in findings([given]) if d.severity.fails] == ['DEP432']
    project.add('modules.inc', '::\n\n   # a2enmod proxy\n\nand proxy_http\n')
    assert project.build().findings == []


def test_the_tables_know_only_modules_that_there_are() -> None:
    names = {module for depends in DEPENDS.values() for module in depends.split()}
    assert names | set(DEPENDS) | DEFAULT <= MODULES
    assert switched_on(DEFAULT) == DEFAULT
    owners = {entry.owner for entries in CATALOGUE.entries.values() for entry in entries}
    assert {'rewrite', 'ldap', 'dump_io', 'ssl'} <= set(map(module_of, owners))
    assert module_of('mod_wsgi.c') == module_of('core.c') == ''
