"""NGX236: a port behind the name of an upstream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement, Word


class UpstreamWithPort(Rule):
    """The servers of an ``upstream`` have ports, and so its name has none.

    nginx compares the name without looking at its case, wherever the ``upstream`` stands.
    """

    code = 'NGX236'
    name = 'upstream-with-port'
    severity = Severity.ERROR
    message = 'the upstream {name!r} may not have port {port}'
    help = 'take the port away: each server of the upstream has its own'
    engines = ('nginx',)
    names = ('upstream',)
    bad = (
        Example(
            'nginx',
            'upstream glance {\n'
            '    server 127.0.0.1:60999;\n'
            '}\n'
            'server {\n'
            '    location / {\n'
            '        proxy_pass http://glance:60999;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'upstream glance {\n'
            '    server 127.0.0.1:60999;\n'
            '}\n'
            'server {\n'
            '    location / {\n'
            '        proxy_pass http://glance;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_upstream_add()``: "upstream "x" may not have port 80"; 1.22.1, asked.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        passes = [
            (statement, scope, *found)
            for statement, scope in document.named(*PASSES)
            for found in _with_port(statement)
        ]
        if not passes:
            return
        upstreams: dict[tuple[Statement | None, str], Statement] = {}
        for upstream, scope in document.named('upstream'):
            for word in upstream.arguments[:1]:
                upstreams.setdefault((_outermost(scope), word.text.lower()), upstream)
        for statement, scope, word, name, port in passes:
            known = upstreams.get((_outermost(scope), name.lower()))
            if known is not None:
                place = document.source.place(word.span)
                first = document.source.place(known.span)
                found = self.report_at(place, name=shortened(name), port=port).with_related(
                    Related(first, 'the upstream')
                )
                later = max(statement.name.start, known.name.start)
                yield self.noticed(found, document, later)


PASSES = (
    *('proxy_pass', 'uwsgi_pass', 'fastcgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'),
)


def _outermost(scope: Scope | None) -> Statement | None:
    """Return the http or stream block that a statement is in, if that is shown."""
    outermost = scope.outermost if scope else None
    return outermost if outermost and outermost.key in {'http', 'stream'} else None


def _with_port(statement: Statement) -> Iterator[tuple[Word, str, int]]:
    """Yield the word of an address with a port, its host and the port."""
    for word in statement.arguments[:1]:
        text = word.text.partition('://')[2] or word.text
        url = parse(text, with_uri=True)
        if url.port and '$' not in text:
            yield word, url.host, url.port
