"""A plugin that the page does not load: what Debian's uWSGI does, and that the rule says so."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.servers import UwsgiBinary, server_folder, uwsgi
from glance_docs_ext.told import told_by
from tests.behaviour.pair import APPLICATION, ask
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALL = '# apt install uwsgi-core uwsgi-plugin-python3'
PYTHON = 'http-socket = {app}\nwsgi-file = {folder}/app.py\n'
ROUTER = 'http = {app}\nplugins = python3\nwsgi-file = {folder}/app.py\n'
STRICT = '[uwsgi]\nstrict = true\n'


@contextmanager
def started(text: str, *arguments: str) -> Iterator[int]:
    """Start uWSGI with nothing but a block and these arguments; yield its port."""
    program = require('uwsgi')
    with server_folder() as folder:
        shutil.copy(APPLICATION, folder / 'app.py')
        address = Address('127.0.0.1', free_port())
        ini = text.replace('{app}', str(address)).replace('{folder}', str(folder))
        with uwsgi(ini, folder, address, binary=UwsgiBinary(program, arguments)):
            yield address.port


def codes(text: str, prose: str = INSTALL) -> set[str]:
    """Return what the block is told on a page that says ``prose``, from warnings on."""
    ini = text.replace('{app}', '127.0.0.1:9292').replace('{folder}', '/srv/app')
    checked = check(Source(ini, 'block'), 'uwsgi')
    together = check_deployment([checked.document], told=told_by([('page.rst', prose)]))
    return {d.code for d in (*checked.diagnostics, *together) if d.severity.fails}


@pytest.mark.parametrize(
    ('options', 'plugin', 'named'),
    [(PYTHON, 'python3', 'wsgi-file'), (ROUTER, 'http', 'http')],
)
def test_debians_uwsgi_refuses_an_option_of_a_plugin_that_is_not_loaded(
    options: str, plugin: str, named: str
) -> None:
    text = STRICT + options
    assert codes(text) == {'DEP433'}
    with pytest.raises(ServerError, match=f'unknown config directive: {named}'), started(text):
        pass
    loaded = f'{STRICT}plugins = {plugin}\n{options}'
    assert codes(loaded) == set()
    with started(loaded) as port:
        assert ask(port, 'GET', '/', None, {}).status == 200


@pytest.mark.parametrize('argument', ['--autoload', '--plugin=python3'])
def test_what_the_command_line_loads_needs_no_line(argument: str) -> None:
    text = STRICT + PYTHON
    assert codes(text, f'{INSTALL}\n$ uwsgi {argument} --ini app.ini') == set()
    with started(text, argument) as port:
        assert ask(port, 'GET', '/', None, {}).status == 200
