"""NGX211: the same address twice, or two defaults or sets of options for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.addresses import in_one_spelling
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SHARED_SINCE = '1.25.5'  # servers of stream may share an address, told apart by server_name


class DuplicateListen(Rule):
    """A server listens on an address once, and one server is the default for it.

    What belongs to the socket (``backlog``, ``reuseport``, ``ipv6only``, ``deferred`` and the like)
    one server says for all that listen on it; ``ssl`` and ``http2`` may be repeated.
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
        Example(
            'nginx',
            'server {\n    listen [::]:80 ipv6only=on;\n}\n'
            'server {\n    listen [::0]:80 ipv6only=on;\n}\n',
        ),
    )
    good = (
        Example('nginx', 'server {\n    listen 80;\n    listen [::]:80;\n}\n'),
        Example(
            'nginx',
            'server {\n    listen 443 ssl reuseport;\n}\nserver {\n    listen 443 ssl;\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_add_listen()`` and ``ngx_http_add_addresses()``: "a duplicate '
        'listen", "a duplicate default server", "duplicate listen options".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        listens = document.named('listen')
        if len(listens) < 2:
            return
        seen: dict[tuple[str, Statement | None, str], Statement] = {}
        for statement, scope in listens:
            if not statement.arguments or statement.contexts == {'rtmp-server'}:
                continue
            address = _address(statement)
            if address is None:
                continue
            block = scope.section if scope else None
            outer = scope.outer.section if scope and scope.outer else None
            if outer is not None and _stands_alone(statement, engine):
                block = outer
            for what, where in _claims(statement, block, outer):
                first = seen.setdefault((what, where, address), statement)
                if first is not statement:
                    complaint, remedy = SAID[what]
                    yield self.report(
                        document,
                        statement.span,
                        complaint=complaint.format(shortened(address)),
                        remedy=remedy,
                    ).with_related(Related(document.source.place(first.span), 'the first one'))
                    break


SAID = {
    'address': ('{} is listened on twice', 'keep one of the two'),
    'default': ('there are two default servers for {}', 'keep default_server in one of them'),
    'options': ('the socket of {} has two sets of options', 'keep them in one of the two'),
}
DEFAULT = frozenset({'default_server', 'default'})
OPTIONS = (
    *('backlog=', 'rcvbuf=', 'sndbuf=', 'accept_filter=', 'deferred', 'ipv6only=', 'reuseport'),
    *('so_keepalive=', 'setfib=', 'fastopen=', 'bind'),
)
"""Parameters of the socket: ``lsopt.set`` in ``ngx_http_core_listen()``."""


def _claims(
    statement: Statement, block: Statement | None, outer: Statement | None
) -> list[tuple[str, Statement | None]]:
    """Return what a ``listen`` says that may be said once, and the block that this is about."""
    claimed = [('address', block)]
    words = [word.text for word in statement.arguments[1:]]
    if not DEFAULT.isdisjoint(words):
        claimed.append(('default', outer))
    if words and any(word.startswith(OPTIONS) for word in words):
        claimed.append(('options', outer))
    return claimed


def _stands_alone(statement: Statement, engine: Engine) -> bool:
    """Whether no two servers share an address: in mail, and in stream before 1.25.5."""
    if statement.contexts == {'mail-server'}:
        return True
    old = engine.version is not None and engine.version.is_before(SHARED_SINCE)
    return old and statement.contexts == {'stream-server'}


def _address(statement: Statement) -> str | None:
    """Return the address in one spelling, or None where only the host can tell it."""
    address, *parameters = statement.arguments
    found = in_one_spelling(address.text)
    if found is None or found.startswith('unix:'):
        return found
    is_udp = any(word.text in {'udp', 'quic'} for word in parameters)
    return f'{found} over UDP' if is_udp else found
