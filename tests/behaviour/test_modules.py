"""A module that a page leaves out: what a client sees, and that the rule says so."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.engines.apache.debian import DEFAULT, switched_on
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.servers import apache, server_folder
from glance_docs_ext.told import told_by
from tests.behaviour.pair import ask
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterator

PROXY = 'ProxyPass / http://{back}/\nProxyPassReverse / http://{back}/\n'
REWRITE = 'RewriteEngine On\nRewriteRule ^/(.*)$ http://{back}/$1 [P]\n'


class Application(BaseHTTPRequestHandler):
    """Answers every request with 204."""

    def do_GET(self) -> None:  # the name that http.server calls
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@contextmanager
def application() -> Iterator[Address]:
    """Run the application that is proxied to."""
    with ThreadingHTTPServer(('127.0.0.1', 0), Application) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Address('127.0.0.1', server.server_port)
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def started(text: str, command: str) -> Iterator[int]:
    """Start Apache with the modules that ``a2enmod`` would switch on; yield its port."""
    require('apache2')
    front = Address('127.0.0.1', free_port())
    modules = tuple(sorted(switched_on(command.split()[1:]) - DEFAULT))
    with application() as back, server_folder() as folder:
        site = text.replace('{back}', str(back))
        with apache(site, folder, front, modules=modules):
            yield front.port


def codes(text: str, command: str) -> set[str]:
    """Return what a page with this command and this block is told."""
    block = check(Source(text.replace('{back}', '127.0.0.1:9292'), 'block'), 'apache')
    told = told_by([('page.rst', command)])
    return {d.code for d in check_deployment([block.document], told=told)}


def test_a_proxy_without_the_module_of_its_scheme_answers_500() -> None:
    assert codes(PROXY, 'a2enmod proxy') == {'DEP432'}
    with started(PROXY, 'a2enmod proxy') as port:
        assert ask(port, 'GET', '/', None, {}).status == 500
    assert codes(PROXY, 'a2enmod proxy_http') == set()
    with started(PROXY, 'a2enmod proxy_http') as port:
        assert ask(port, 'GET', '/', None, {}).status == 204


def test_a_rewriting_proxy_without_the_module_of_its_scheme_does_not_answer() -> None:
    assert codes(REWRITE, 'a2enmod rewrite') == {'DEP432'}
    with started(REWRITE, 'a2enmod rewrite') as port:
        assert ask(port, 'GET', '/', None, {}).status == 403
    assert codes(REWRITE, 'a2enmod rewrite proxy_http') == set()
    with started(REWRITE, 'a2enmod rewrite proxy_http') as port:
        assert ask(port, 'GET', '/', None, {}).status == 204


def test_a_directive_without_its_module_keeps_the_server_from_starting() -> None:
    text = f'{PROXY}Header set X-Frame-Options DENY\n'
    assert codes(text, 'a2enmod proxy_http') == {'DEP432'}
    with (
        pytest.raises(ServerError, match="Invalid command 'Header'"),
        started(text, 'a2enmod proxy_http'),
    ):
        pass
    assert codes(text, 'a2enmod proxy_http headers') == set()
    with started(text, 'a2enmod proxy_http headers') as port:
        assert ask(port, 'GET', '/', None, {}).status == 204


def test_what_is_on_by_default_is_never_told() -> None:
    assert {'alias', 'setenvif', 'mime', 'status'} <= DEFAULT
    assert codes(f'{PROXY}Alias /x /srv/x\nSetEnvIf A b c\n', 'a2enmod proxy_http') == set()
