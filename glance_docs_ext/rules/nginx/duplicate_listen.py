"""NGX211: the same address twice, or two defaults for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SHARED_SINCE = '1.25.5'  # servers of stream may share an address, told apart by server_name


class DuplicateListen(Rule):
    """A server listens on an address once, and one server is the default for it.

    ``80``, ``*:80`` and ``0.0.0.0:80`` are the same address.
    """

    code = 'NGX211'
    name = 'duplicate-listen'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('listen',)
    bad = (
        Example('nginx', 'server {\n    listen 80;\n    listen *:80;\n}\n'),
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        listen 80 default_server;\n'
            '    }\n'
            '    server {\n'
            '        listen 80 default_server;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (Example('nginx', 'server {\n    listen 80;\n    listen [::]:80;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_add_listen()`` and ``ngx_http_add_addresses()``: "a duplicate '
        'listen", "a duplicate default server".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        listens: dict[tuple[Statement | None, str], Statement] = {}
        defaults: dict[tuple[Statement | None, str], Statement] = {}
        for statement, scope in document.named(*self.names):
            block = scope.section if scope else None
            if not statement.arguments:
                continue
            if statement.contexts == {'rtmp-server'}:
                continue
            address = _address(statement)
            if address is None:
                continue
            outer = scope.outer.section if scope and scope.outer else None
            if outer is not None and _stands_alone(statement, engine):
                block = outer
            first = listens.setdefault((block, address), statement)
            if first is not statement:
                yield self.report(
                    document,
                    statement.span,
                    complaint=f'{shortened(address)} is listened on twice',
                    remedy='keep one of the two',
                ).with_related(Related(document.source.place(first.span), 'the first one'))
            if {'default_server', 'default'}.isdisjoint(word.text for word in statement.arguments):
                continue
            first = defaults.setdefault((outer, address), statement)
            if first is not statement:
                yield self.report(
                    document,
                    statement.span,
                    complaint=f'there are two default servers for {shortened(address)}',
                    remedy='keep default_server in one of them',
                ).with_related(Related(document.source.place(first.span), 'the first one'))


def _stands_alone(statement: Statement, engine: Engine) -> bool:
    """Whether no two servers share an address: in mail, and in stream before 1.25.5."""
    if statement.contexts == {'mail-server'}:
        return True
    old = engine.version is not None and engine.version.is_before(SHARED_SINCE)
    return old and statement.contexts == {'stream-server'}


def _address(statement: Statement) -> str | None:
    """Return the address in one spelling, or None where only the host can tell it."""
    text, *parameters = (word.text for word in statement.arguments)
    url = parse(text, listen=True)
    if url.fault:
        return None
    host = '*' if url.host in {'', '0.0.0.0'} else url.host.lower()  # noqa: S104  # compared only
    transport = '' if {'udp', 'quic'}.isdisjoint(parameters) else ' over UDP'
    return host if host.startswith('unix:') else f'{host}:{url.port or 80}{transport}'
