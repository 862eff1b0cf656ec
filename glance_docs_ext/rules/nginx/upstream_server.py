"""NGX214: a server of an upstream that nginx cannot read."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.predicates import after, counts, is_number, one_of
from glance_docs_ext.engines.nginx.values import is_seconds
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement


class UpstreamServer(Rule):
    """A ``server`` in ``upstream`` is an address without a scheme or path, and a few parameters.

    ``unix:///run/a.sock`` has no scheme, but a path. ``slow_start``, ``route`` and ``drain`` belong
    to the commercial edition; ``resolve`` and ``service`` did before 1.27.3.
    """

    code = 'NGX214'
    name = 'upstream-server'
    severity = Severity.ERROR
    message = 'server does not take {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('server',)
    bad = (
        Example('nginx', 'upstream glance {\n    server http://127.0.0.1:60999;\n}\n'),
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999 weigth=2;\n}\n'),
        Example(
            'nginx',
            'upstream glance {\n'
            '    ip_hash;\n'
            '    server 127.0.0.1:60999;\n'
            '    server 127.0.0.1:60998 backup;\n'
            '}\n',
        ),
        Example('nginx', '# of a group\nserver 127.0.0.1:60999 weight 5;\n'),
        Example(
            'nginx',
            'upstream glance {\n    zone glance 64k;\n    server glance.example.com resolve;\n}\n',
            version='1.22.1',
        ),
    )
    good = (
        Example(
            'nginx',
            'upstream glance {\n'
            '    server 127.0.0.1:60999 weight=2 max_fails=3 fail_timeout=30s;\n'
            '    server unix:/run/glance.sock backup;\n'
            '}\n',
        ),
        Example('nginx', 'upstream glance {\n    server unix:///run/glance.sock;\n}\n'),
        Example(
            'nginx',
            'upstream glance {\n'
            '    zone glance 64k;\n'
            '    server glance.example.com service=http resolve;\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_upstream_server()`` in src/http/ngx_http_upstream.c; 1.22.1, asked; the '
        'changes of 1.27.3 for resolve and service.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*self.names):
            if statement.body is not None or not statement.arguments:
                continue
            if not statement.contexts & UPSTREAMS:  # without a block it belongs nowhere else
                continue
            address, *parameters = statement.arguments
            url = parse(address.text)
            scheme = '://' in address.text and not address.text.lower().startswith('unix:')
            remedy = 'write the address without the scheme' if scheme else url.fault
            if not remedy and statement.contexts == {'stream-upstream'} and url.port is None:
                remedy = 'write the port behind the address'
            if remedy:
                yield self.report(
                    document, address.span, value=shortened(address.text), remedy=remedy
                )
            for word in parameters:
                if not any(test(word.text) for test in PARAMETERS):
                    remedy = KNOWN
                elif word.text == 'backup' and (method := _method(scope, statement)):
                    remedy = f'{method} has no use for one that stands by'
                elif _is_old(engine) and any(test(word.text) for test in RESOLVED):
                    remedy = f'it takes this since nginx {RESOLVED_SINCE}'
                else:
                    continue
                yield self.report(document, word.span, value=shortened(word.text), remedy=remedy)
                break  # nginx reads no further, and `weight 5` is one fault


def _method(scope: Scope | None, server: Statement) -> str:
    """Return the method before ``server`` that knows no backup, '' where there is none."""
    around = list(islice(scope.section.body or (), MOST_LINES)) if scope else []
    before = list(takewhile(lambda other: other is not server, around))
    methods = [other.key for other in before if other.key in METHODS]
    sure = len(before) < len(around) and methods and methods[-1] in WITHOUT_BACKUP
    return methods[-1] if sure else ''


def _is_old(engine: Engine) -> bool:
    return engine.version is not None and engine.version.is_before(RESOLVED_SINCE)


MOST_LINES = 100  # of a group, that are looked at for its method
WITHOUT_BACKUP = frozenset(('hash', 'ip_hash', 'random'))
METHODS = WITHOUT_BACKUP | {'fair', 'least_conn', 'least_time', 'sticky'}
KNOWN = 'it takes weight=, max_conns=, max_fails=, fail_timeout=, backup and down'
UPSTREAMS = frozenset({'upstream', 'stream-upstream'})
PARAMETERS = (
    one_of('backup', 'down', 'resolve'),
    after('weight=', counts),
    after('max_conns=', is_number),
    after('max_fails=', is_number),
    after('fail_timeout=', is_seconds),
    after('service=', bool),
)
RESOLVED = (one_of('resolve'), after('service=', bool))
RESOLVED_SINCE = '1.27.3'  # without a subscription
