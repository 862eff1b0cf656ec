"""NGX210: an address or parameter that listen does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse, unfilled
from glance_docs_ext.engines.nginx.listening import INCOMPATIBLE, is_known, since
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        Example('nginx', 'server {\n    listen $PORT;\n}\n'),
        Example(
            'nginx',
            'server {\n    listen 53 udp;\n    proxy_pass 127.0.0.1:53;\n    listen 54 quic;\n}\n',
            'stream',
        ),
        Example('nginx', 'server {\n    listen 443 quic reuseport;\n}\n', version='1.22.1'),
        Example(
            'nginx', 'server {\n    listen 80 backlog=-1;\n    listen 81 so_keepalive=::;\n}\n'
        ),
        Example('nginx', 'server {\n    listen 443 spdy;\n}\n'),
        Example('nginx', 'server {\n    listen 443 quic ssl;\n}\n'),
        Example(
            'nginx',
            'server {\n    listen 53 udp proxy_protocol;\n    proxy_pass 127.0.0.1:53;\n}\n',
            'stream',
        ),
        Example(
            'nginx',
            'server {\n    listen 53 default_server;\n    proxy_pass 127.0.0.1:53;\n}\n',
            'stream',
            version='1.22.1',
        ),
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
        Example('nginx', 'server {\n    listen 80 so_keepalive=30m;\n}\n'),
        Example(
            'nginx',
            'server {\n    listen 53 default_server;\n    proxy_pass 127.0.0.1:53;\n}\n',
            'stream',
        ),
    )
    exceptions = 'The block is a template that is filled in before nginx reads it.'
    source = (
        '``ngx_http_core_listen()``, ``ngx_stream_core_listen()``, '
        '``ngx_mail_core_listen()``; ``ngx_parse_url()``; each parameter was tried in each of the '
        'three, and each beside udp; the changes of 1.25.0 for quic, 1.25.5 for stream, 1.29.7.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words = statement.arguments
        if not words or statement.contexts == OF_RTMP:
            return ()
        if len(words) == 1:
            url = parse(words[0].text, listen=True)
            if not url.fault and not unfilled(url.host):  # as most
                return ()
        return self._faults(document, statement, engine)

    def _faults(
        self, document: Document, statement: Statement, engine: Engine
    ) -> Iterator[Diagnostic]:
        address, *parameters = statement.arguments
        url = parse(address.text, listen=True)
        if fault := url.fault or unfilled(url.host):
            yield self.report(
                document,
                address.span,
                complaint=f'does not take {shortened(address.text)!r}',
                remedy=fault,
            )
        for word in parameters:
            remedy = _remedy(statement, word.text, engine)
            if remedy:
                yield self.report(
                    document,
                    word.span,
                    complaint=f'does not know the parameter {shortened(word.text)!r}',
                    remedy=remedy,
                )
        if parameters:
            yield from self._beside(document, statement)

    def _beside(self, document: Document, statement: Statement) -> Iterator[Diagnostic]:
        """Yield the first parameter that does not go with the transport of the address."""
        words = statement.arguments[1:]
        texts = [word.text for word in words]
        for transport in (one for one in INCOMPATIBLE if one in texts):
            for word in words:
                if word.text.startswith(INCOMPATIBLE[transport]):
                    yield self.report(
                        document,
                        word.span,
                        complaint=f'does not take {shortened(word.text)!r} beside {transport}',
                        remedy=f'take it away: it belongs to TCP, and {transport} is UDP',
                    )
                    return


OF_RTMP = frozenset({'rtmp-server'})


def _remedy(statement: Statement, text: str, engine: Engine) -> str:
    """Return what to do about a parameter, '' where nginx takes it."""
    if not is_known(text, statement.contexts):
        return 'take it away, or look whether it belongs to another directive'
    if engine.version is None:
        return ''
    came = since(text, statement.contexts)
    return f'it takes this since nginx {came}' if came and engine.version.is_before(came) else ''
