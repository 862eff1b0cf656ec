"""UWS206: an address that uWSGI cannot bind as it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.uwsgi.addresses import AddressRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.syntax import Document, Word


class UnreachableAddress(AddressRule):
    """uWSGI does not know URLs, only ``host:port``, ``[ipv6]:port`` and paths of UNIX sockets.

    What stands before the last colon is the host, and a host that is no address becomes
    255.255.255.255. The start succeeds, and nobody can connect.
    """

    engines = ('uwsgi',)
    code = 'UWS206'
    name = 'unreachable-address'
    severity = Severity.WARNING
    message = 'uWSGI takes {host!r} for a host, binds 255.255.255.255 and cannot be reached'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nsocket = unix:/run/x.sock\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = http://127.0.0.1:9292\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = ::1:9292\n'),
    )
    good = (
        Example(
            'uwsgi',
            '[uwsgi]\nsocket = /run/x.sock\nhttp-socket = 127.0.0.1:9292\nhttp = [::1]:9292\n',
        ),
    )
    exceptions = 'None: no version of uWSGI binds what was meant.'
    source = (
        'core/socket.c, socket_to_in_addr(). Measured with uWSGI 2.0.21 in a network '
        'namespace: /proc/net/tcp shows 255.255.255.255.'
    )

    def judge_address(self, word: Word, document: Document) -> Iterator[Diagnostic]:
        host, colon, port = word.text.rpartition(':')
        if not colon or (host.startswith('[') and host.endswith(']')):
            return
        if '/' in host or ':' in host or host == 'unix' or port.startswith('//'):
            yield self.report(document, word.span, host=shortened(host), remedy=_remedy(host, port))


def _remedy(host: str, port: str) -> str:
    if host == 'unix':
        return f'write the path alone: {shortened("/" + port.lstrip("/"))}'
    _scheme, separator, rest = host.partition('://')
    if separator and '/' not in rest + port:
        return f'write {shortened(f"{rest}:{port}")}'
    if not host.strip('0123456789abcdefABCDEF:'):
        return f'put an IPv6 address in brackets: [{host}]:{shortened(port)}'
    return 'write host:port, or the path of a UNIX socket'
