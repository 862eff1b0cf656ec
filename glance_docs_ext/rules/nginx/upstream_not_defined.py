"""NGX229: a name without a port that is no upstream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.nginx.upstream_address import IPV4

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

HTTP = frozenset({'uwsgi_pass', 'fastcgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'})
STREAM = frozenset({'proxy_pass'})


class UpstreamNotDefined(Rule):
    """A name without a port must be that of an ``upstream``: only ``proxy_pass`` has a usual port.

    Only ``http`` and ``stream`` blocks that can be seen whole are judged.
    """

    code = 'NGX229'
    name = 'upstream-not-defined'
    severity = Severity.ERROR
    message = 'no upstream is called {name!r}'
    help = 'write the port behind the address, or define the upstream'
    engines = ('nginx',)
    names = ('http', 'stream')  # where one of them is shown whole
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            fastcgi_pass glance;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    upstream glance {\n'
            '        server 127.0.0.1:60999;\n'
            '    }\n'
            '    server {\n'
            '        location / {\n'
            '            fastcgi_pass glance;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_upstream_add()``: "no port in upstream".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue):
            upstreams = inside(document, block, ['upstream'])
            defined = {s.arguments[0].text.lower() for s in upstreams if s.arguments}
            passes = STREAM if block.key == 'stream' else HTTP
            for statement in inside(document, block, document.keys & passes):
                if not statement.arguments:
                    continue
                word = statement.arguments[0]
                name = word.text.partition('://')[2] or word.text
                url = parse(name)
                if '$' in name or url.fault or url.port is not None or name.lower() in defined:
                    continue
                if not IPV4.fullmatch(name) or block.key == 'stream':
                    yield self.report(document, word.span, name=shortened(name))
