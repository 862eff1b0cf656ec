"""UWS401: an option of the HTTP router where there is no router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import has_socket
from glance_docs_ext.rules.uwsgi.values import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

STARTERS = frozenset(
    {
        *('uwsgi_opt_corerouter', 'uwsgi_opt_corerouter_zerg', 'uwsgi_opt_http_to_https'),
        *('uwsgi_opt_https', 'uwsgi_opt_https2'),
    }
)
OF_ROUTER = frozenset(k for k in CATALOGUE if any(e.owner == 'http' for e in CATALOGUE[k]))
"""The options of the plugin ``http``, …"""
STARTING = frozenset(
    k for k in OF_ROUTER if any(e.owner == 'http' and e.kind in STARTERS for e in CATALOGUE[k])
)
"""… and those of them that start the router."""
OWN_PARSER = ('http-socket', 'https-socket')
"""Where uWSGI's own HTTP parser answers."""


class OptionWithoutRouter(Rule):
    """The options of the http plugin belong to the router that ``http`` and ``https`` start.

    ``http-socket`` is no router: uWSGI's own HTTP parser answers there, and knows none of these
    options.

    Chunked uploads in particular need no option with ``http-socket``.
    """

    engines = ('uwsgi',)
    names = OF_ROUTER
    code = 'UWS401'
    name = 'option-without-router'
    severity = Severity.WARNING
    message = '{name!r} has no effect: it belongs to the HTTP router, and the block starts none'
    help = 'take it away, or start the router with "http = ADDRESS"{instead}'
    bad = (Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nhttp-chunked-input = true\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nhttp = 127.0.0.1:9292\nhttp-chunked-input = true\n'),
        Example('uwsgi', '[uwsgi]\nhttp-chunked-input = true\n'),
    )
    exceptions = 'The router is started on the command line.'
    source = (
        'plugins/http/http.c: the options set fields of the router, struct uwsgi_http. '
        'Measured with uWSGI 2.0.21 and pyuwsgi 2.0.30: uploads to http-socket are the '
        'same with and without.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        given = document.keys & OF_ROUTER
        if not given.isdisjoint(STARTING):
            return
        if has_socket(document, engine) and shows_all(document):
            own = next((key for key in OWN_PARSER if key in document.keys), '')
            instead = f' in place of {own}' if own else ''
            for statement, _scope in document.named(*given):
                span, key = statement.name.span, statement.key
                yield self.report(document, span, name=key, instead=instead)
