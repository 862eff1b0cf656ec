"""NGX210: an address or parameter that listen does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.predicates import after, is_number, like
from glance_docs_ext.engines.nginx.values import size
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class ListenValue(StatementRule):
    """``listen`` takes a port, an address with a port, or ``unix:PATH``, and then parameters.

    Most parameters that are refused belong to another directive or another version.
    """

    code = 'NGX210'
    name = 'listen-value'
    severity = Severity.ERROR
    message = 'listen {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('listen',)
    bad = (
        Example('nginx', 'server {\n    listen 99999;\n}\n'),
        Example('nginx', 'server {\n    listen 80 default;\n    listen 443 tls;\n}\n'),
        Example('nginx', 'server {\n    listen 0.0.0.0:http;\n}\n'),
        Example(
            'nginx',
            'server {\n    listen 53 udp;\n    proxy_pass 127.0.0.1:53;\n    listen 54 quic;\n}\n',
            'stream',
        ),
        Example('nginx', 'server {\n    listen 443 quic reuseport;\n}\n', version='1.22.1'),
    )
    good = (
        Example(
            'nginx',
            'server {\n'
            '    listen 80;\n'
            '    listen [::]:443 ssl http2;\n'
            '    listen unix:/run/nginx.sock;\n'
            '}\n',
        ),
        Example('nginx', 'server {\n    listen 443 quic reuseport;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_core_listen()``, ``ngx_stream_core_listen()``, '
        '``ngx_mail_core_listen()``; ``ngx_parse_url()``; each parameter was tried in each of the '
        'three; the changes of 1.25.0 for quic.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not statement.arguments or statement.contexts == {'rtmp-server'}:
            return
        address, *parameters = statement.arguments
        url = parse(address.text, listen=True)
        if url.fault:
            yield self.report(
                document,
                address.span,
                complaint=f'does not take {shortened(address.text)!r}',
                remedy=url.fault,
            )
        for word in parameters:
            elsewhere = ELSEWHERE.get(statement.contexts, frozenset())
            name = word.text.partition('=')[0]
            if name in elsewhere or not any(test(word.text) for test in _PARAMETERS):
                remedy = 'take it away, or look whether it belongs to another directive'
            elif word.text == 'quic' and _is_old(engine):
                remedy = f'it takes this since nginx {QUIC_SINCE}'
            else:
                continue
            yield self.report(
                document,
                word.span,
                complaint=f'does not know the parameter {shortened(word.text)!r}',
                remedy=remedy,
            )


def _is_old(engine: Engine) -> bool:
    return engine.version is not None and engine.version.is_before(QUIC_SINCE)


QUIC_SINCE = '1.25.0'
ELSEWHERE = {
    frozenset({'server'}): frozenset({'udp'}),
    frozenset({'stream-server'}): frozenset({'default', 'http2', 'spdy', 'quic'}),
    frozenset({'mail-server'}): frozenset(
        (
            *('default', 'default_server', 'deferred', 'reuseport', 'http2', 'spdy', 'quic', 'udp'),
            *('accept_filter', 'setfib', 'fastopen'),
        )
    ),
}
"""The parameters that a server of http, stream or mail does not know, but one of the others."""
_PARAMETERS = (
    like(
        'default_server|default|bind|deferred|reuseport|ssl|http2|spdy|quic|udp|proxy_protocol'
        '|multipath|ipv6only=(?:on|off)|accept_filter=.+'
    ),
    after('backlog=', like('-?[0-9]{1,9}')),
    after('so_keepalive=', like('on|off|[0-9wdhms]*:[0-9wdhms]*:[0-9]*')),
    after('setfib=', is_number),
    after('fastopen=', is_number),
    after('rcvbuf=', lambda text: size(text) is not None),
    after('sndbuf=', lambda text: size(text) is not None),
)
