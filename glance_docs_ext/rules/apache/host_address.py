"""APA220: a port that a virtual host cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.values import Fault, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class HostAddress(Rule):
    """The port of a ``<VirtualHost>`` and of a ``ServerName`` is a number from 1 to 65535."""

    code = 'APA220'
    name = 'host-address'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('<virtualhost', 'servername')
    bad = (Example('apache', '<VirtualHost *:80>\n    ServerName glance:http\n</VirtualHost>\n'),)
    good = (
        Example('apache', 'Listen 443\n<VirtualHost *:443>\n</VirtualHost>\n'),
        Example(
            'apache', '<VirtualHost *:80>\n    ServerName https://glance:443\n</VirtualHost>\n'
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``get_addresses()`` in server/vhost.c: "The address or port is invalid"; '
        '``set_server_name()`` in server/core.c; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        yield from reported(self, document, _faults, *self.names)


def _faults(statement: Statement) -> Iterator[Fault]:
    for word in statement.arguments:
        if statement.key == '<virtualhost' and word.text.isascii() and word.text.isdigit():
            yield Fault(word.span, 'the address is missing', f'write *:{word.text}')
            continue
        host, colon, port = word.text.rpartition(':')
        if not colon or port.endswith(']') or '[' in port or port.startswith('//'):
            continue
        digits = port.isascii() and port.isdigit()
        wrong = digits and not 0 < int(port[:9]) < 65536
        if statement.key == 'servername':
            wrong = wrong or (not digits and '/' not in word.text)
        elif not host:
            yield Fault(word.span, 'the address is missing', f'write *:{port}')
            continue
        if wrong:
            what = f'{shortened(port)!r} is no port'
            yield Fault(word.span, what, 'write a port from 1 to 65535')
