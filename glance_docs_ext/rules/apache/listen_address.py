"""APA219: an address that Apache cannot listen to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement


class ListenAddress(ValueRule):
    """``Listen`` takes a port, or an address and a port; the protocol may follow.

    An address without a port, a name of a port, and a port beyond 65535 are refused.
    """

    code = 'APA219'
    name = 'listen-address'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('listen',)
    bad = (
        Example('apache', 'Listen 127.0.0.1\n'),
        Example('apache', 'Listen 99999\n'),
        Example('apache', 'Listen 80 # plain\n'),
    )
    good = (
        Example('apache', 'Listen 80\n'),
        Example('apache', 'Listen 127.0.0.1:60999\n'),
        Example('apache', 'Listen [::]:443 https\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_set_listener()`` in server/listen.c: "Port must be specified", "Invalid address or '
        'port"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if not words:
        yield Fault(statement.name.span, 'the port is missing', 'write a port, as 8080')
        return
    if len(words) > 2:
        remedy = COMMENT if any(map(closing_comment, words[1:])) else 'take away what is too much'
        yield Fault(words[-1].span, 'it takes an address and a protocol', remedy)
        return
    text = words[0].text
    host, colon, port = text.rpartition(':')
    if not port.isascii() or not port.isdigit() or text.endswith(']'):
        yield Fault(words[0].span, 'the port is missing', 'write address:port, the port in digits')
    elif not 0 < int(port[:9]) < 65536:
        yield Fault(words[0].span, f'{shortened(port)} is no port', 'write a port from 1 to 65535')
    elif colon and not host:
        yield Fault(words[0].span, 'the address is missing', f'write {port} alone, or *:{port}')
