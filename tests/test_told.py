"""What a page tells in prose and commands, and what is said of blocks because of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.inputs import Input
from glance_docs_ext.pages import read_page
from glance_docs_ext.told import paths_in, told_by
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic

INSTALL = '# apt-get install -y uwsgi uwsgi-plugin-python3'
INI = '[uwsgi]\nstrict = true\nmodule = app\n'


def block(engine: str, text: str) -> str:
    lines = ''.join(f'   {line}\n' for line in text.splitlines())
    return f'.. code-block:: {engine}\n\n{lines}\n'


def found(code: str, text: str) -> list[Diagnostic]:
    read = read_page('page.rst', text)
    given = Input('page.rst', read.blocks, read.notes, read.diagnostics, told=read.told)
    return [d for d in findings([given]) if d.code == code]


@pytest.mark.parametrize(
    ('commands', 'expected'),
    [
        (INSTALL, 1),
        ('$ sudo apt install uwsgi-core', 1),
        ('RUN apt-get update && apt-get install --no-install-recommends -y nginx uwsgi', 1),
        ('# dnf install uwsgi uwsgi-plugin-python3', 1),
        ('# yum -y install uwsgi', 1),
        ('# zypper install uwsgi-python3', 1),
        ('# apt install uwsgi uwsgi-tools', 1),
        ('# apt install uwsgi-tools', 0),
        ('# apt install uwsgi-src libapache2-mod-proxy-uwsgi', 0),
        ('# apt install python3-pip uwsgitop', 0),
        ('$ apt search uwsgi', 0),
        ('$ uwsgi --ini app.ini', 0),
        (f'{INSTALL}\n   $ pip install uwsgi', 0),
        (f'{INSTALL}\n   $ venv/bin/pip3 install -U glance uWSGI', 0),
        (f'{INSTALL}\n   $ uv pip install pyuwsgi', 0),
        (f'{INSTALL}\n   $ conda install -c conda-forge uwsgi', 0),
        (f'{INSTALL}\n   $ /opt/glance/bin/uwsgi --ini app.ini', 0),
        (f'{INSTALL}\n   $ /usr/bin/uwsgi --ini app.ini', 1),
        (f'{INSTALL}\n   $ uwsgi --plugin python3 --ini app.ini', 0),
        (f'{INSTALL}\n   $ uwsgi --need-plugins=http,python3 app.ini', 0),
        (f'{INSTALL}\n   $ uwsgi --plugins http app.ini', 1),
        (f'{INSTALL}\n   $ uwsgi_python3 --ini app.ini', 0),
        (f'{INSTALL}\n   $ uwsgi --autoload --ini app.ini', 0),
        (f'{INSTALL}\n   # ln -s /etc/uwsgi/apps-available/a.ini /etc/uwsgi/apps-enabled/', 0),
    ],
)
def test_a_plugin_is_missed_only_where_the_page_installs_a_uwsgi_without_it(
    commands: str, expected: int
) -> None:
    page = block('console', commands) + block('uwsgi', INI)
    assert len(found('DEP433', page)) == expected


@pytest.mark.parametrize(
    ('ini', 'expected'),
    [
        ('strict = true\nmodule = app\nvirtualenv = /x\nhttp = :80\n', ['python3', 'http']),
        ('module = app\nstrict = true\n', ['python3']),
        ('strict = true\nplugins = http\nmodule = app\n', ['python3']),
        ('strict = true\nplugins = http,python3\nmodule = app\nhttp = :80\n', []),
        ('strict = true\nplugin = python311\nmodule = app\n', []),
        ('strict = true\nplugin = 0:python3\nmodule = app\n', []),
        ('strict = true\nmodule = app\nplugins = python3\n', []),  # UWS413 tells of the order
        ('module = app\n', []),
        ('strict = false\nmodule = app\n', []),
        ('strict = true\nini = other.ini\nmodule = app\n', []),
        ('strict = true\nautoload = true\nmodule = app\n', []),
        ('strict = true\nif-env = X\nmodule = app\nendif =\n', []),
        ('strict = true\nhttp-socket = :80\nneed-app = true\nprocesses = 2\n', []),
        ('strict = true\nlua = app.lua\n', []),  # nobody measured where it is built in
    ],
)
def test_the_first_option_of_each_plugin_that_is_missing_is_told(
    ini: str, expected: list[str]
) -> None:
    page = block('console', INSTALL) + block('uwsgi', f'[uwsgi]\n{ini}')
    told = found('DEP433', page)
    assert [d.message.split('plugin ')[1].split(',')[0] for d in told] == expected


@pytest.mark.parametrize(
    'prose',
    [
        'Load the plugin ``python3``.',
        'Put ``plugins = python3`` at the top.',
        ':uwsgi:option:`plugins`\\ ``= python3`` is needed here.',
    ],
)
def test_a_plugin_that_the_page_speaks_of_is_taken_as_loaded(prose: str) -> None:
    assert found('DEP433', f'{block("console", INSTALL)}{prose}\n\n{block("uwsgi", INI)}') == []


def test_another_block_of_the_page_may_load_the_plugin() -> None:
    first = block('uwsgi', '[uwsgi]\nstrict = true\nplugins = python3\n')
    assert found('DEP433', block('console', INSTALL) + first + block('uwsgi', INI)) == []


def test_a_page_without_the_installation_is_not_judged() -> None:
    assert found('DEP433', block('uwsgi', INI)) == []


def test_a_missing_plugin_is_told_with_the_command_that_installs_uwsgi() -> None:
    (finding,) = found('DEP433', block('console', INSTALL) + block('uwsgi', INI))
    assert str(finding.place) == 'page.rst:9:4'
    (related,) = finding.related
    assert (related.place.line, related.place.column) == (3, 4 + INSTALL.index('uwsgi'))


@pytest.mark.parametrize(
    ('options', 'prose', 'expected'),
    [
        ('home=/var/lib/app', '', ['/var/lib/app']),
        ('python-home=/opt/app', '', ['/opt/app']),
        ('home=/opt/app python-home=/opt/app/', '', ['/opt/app']),
        ('"home=/opt/app"', '', ['/opt/app']),
        ('home=/opt/app', 'Not ``/opt/apple`` nor /mnt/opt/app.', ['/opt/app']),
        ('home=/opt/app', 'Make ``/opt/app`` first.', []),
        ('home=/opt/app', 'It is /opt/app.', []),
        ('home=/opt/app', 'See /opt/app/README.', []),
        ('home=/opt/app', '::\n\n   # install -d /opt/app/{images,tasks}', []),
        ('home=/opt/app', '::\n\n   # useradd --home=/opt/app app', []),
        ('home=/opt/app', '::\n\n   WorkingDirectory=/opt/app', []),
        ('home=/ python-home=/usr', '', []),
        ('home=/srv/ python-home=/usr/local', '', []),
        ('home=%{ENV:X} python-home=${VENV}', '', []),
        ('home=/path/to/app', '', []),
        ('home=app user=app python-path=/opt/app', '', []),
    ],
)
def test_a_folder_of_the_processes_that_the_page_leaves_out_is_told_once(
    options: str, prose: str, expected: list[str]
) -> None:
    page = f'{block("apache", f"WSGIDaemonProcess app {options}")}{prose}\n'
    told = found('DEP434', page)
    assert [d.message.split()[2].rstrip(',') for d in told] == expected


@pytest.mark.parametrize(
    'other', ['WSGIScriptAlias / /opt/app/app.wsgi', '<Directory /opt/app>\n</Directory>']
)
def test_a_folder_that_another_line_uses_is_not_told(other: str) -> None:
    text = f'WSGIDaemonProcess app home=/opt/app\n{other}'
    assert found('DEP434', block('apache', text)) == []


@pytest.mark.parametrize(
    'piece', ['pip ', 'apt install ', 'plugins ', '/a', 'home=', 'home=/a ', 'uwsgi ', 'a/b.']
)
def test_what_a_page_tells_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    text = f'uwsgi {piece * (400_000 // len(piece))}'
    start = time.monotonic()
    told_by([('page.rst', text)])
    assert time.monotonic() - start < 5


def test_paths_are_told_apart_from_addresses_and_options() -> None:
    text = 'http://example.com/v2 /etc/a.conf, home=/b "/c/d" ``/e``. ../f/g ~/h'
    assert paths_in(text) == {'/etc/a.conf', '/c/d', '/e'}
