"""APA403: a uwsgi:// address without a port."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.endpoints import proxied_url
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

WITHOUT = re.compile(r'uwsgi://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?:/.*)?', re.IGNORECASE)


class UwsgiUrlWithoutPort(StatementRule):
    """mod_proxy knows no default port for uwsgi, and connects to port 0."""

    engines = ('apache',)
    names = ('proxypass', 'balancermember')
    code = 'APA403'
    name = 'uwsgi-url-without-port'
    severity = Severity.ERROR
    message = '{address} has no port: Apache connects to port 0 and answers 503'
    help = 'write the port that uWSGI listens on: uwsgi://HOST:PORT/'
    bad = (Example('apache', 'ProxyPass / uwsgi://127.0.0.1/\n'),)
    good = (
        Example('apache', 'ProxyPass / uwsgi://127.0.0.1:3031/\n'),
        Example('apache', 'ProxyPass / unix:/run/app.sock|uwsgi://app/\n'),
    )
    exceptions = 'None: no connection can be made.'
    source = (
        'Measured with Apache 2.4.71: "AH00957: uwsgi: attempt to connect to 127.0.0.1:0", 503; '
        'the manual of mod_proxy_uwsgi speaks of a default of 3031.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = proxied_url(statement)
        if word is None or not WITHOUT.fullmatch(word.text):
            return ()
        return [self.report(document, word.span, address=shortened(word.text))]
