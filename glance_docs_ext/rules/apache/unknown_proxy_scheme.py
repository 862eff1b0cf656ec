"""APA404: an address in a scheme that no module of Apache speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.endpoints import PROXYING, SCHEMES, URL, proxied_url
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.spelling import Names, closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

KNOWN = sorted({*SCHEMES, 'balancer', 'ftp', 'fd'})
NAMES = Names(KNOWN)
USUAL = tuple(f'{scheme}://' for scheme in KNOWN)  # what nearly all addresses begin with


class UnknownProxyScheme(StatementRule):
    """Apache starts with any scheme, and answers 500 when no module takes the request.

    The schemes of Apache 2.4 are those of its modules ``mod_proxy_*``.
    """

    engines = ('apache',)
    names = PROXYING
    code = 'APA404'
    name = 'unknown-proxy-scheme'
    severity = Severity.ERROR
    message = 'no module of Apache speaks {scheme!r}: requests are answered with 500'
    help = '{remedy}'
    bad = (Example('apache', 'ProxyPass / uswgi://127.0.0.1:60999/\n'),)
    good = (Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60999/\n'),)
    exceptions = 'A module of your own speaks it.'
    source = 'Measured with Apache 2.4.71: "AH01144: No protocol handler was valid", 500.'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = proxied_url(statement)
        if word is None or word.text.startswith(USUAL) or '${' in word.text:
            return ()
        found = URL.match(word.text.removeprefix('proxy:'))
        scheme = found['scheme'].lower() if found else 'http'
        if scheme in KNOWN:
            return ()
        close = closest(scheme, NAMES)
        remedy = f'write {close[0]}://' if close else f'write one of: {", ".join(KNOWN)}'
        return [self.report(document, word.span, scheme=shortened(scheme), remedy=remedy)]
