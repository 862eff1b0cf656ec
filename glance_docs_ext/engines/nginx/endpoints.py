"""Who listens and who is called in an nginx configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.endpoints import Address, Listener, Protocol, Upstream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Placed, Word

PASSES = {
    'proxy_pass': Protocol.HTTP,
    'uwsgi_pass': Protocol.UWSGI,
    'fastcgi_pass': Protocol.FASTCGI,
    'scgi_pass': Protocol.SCGI,
    'grpc_pass': Protocol.OTHER,
}
PORTS = {'http': 80, 'https': 443}
SCHEME = re.compile(r'(?P<scheme>[A-Za-z]+)://')
TARGET = re.compile(r'unix:(?P<path>[^:]+)|(?P<authority>\[[^\]]*\][^/]*|[^/]+)')


def endpoints(document: Document) -> Iterator[Listener | Upstream]:
    """Yield the ends whose address can be told; one with a ``$variable`` in it cannot.

    A pass to a named ``upstream`` calls each of its servers.
    """
    groups = dict(_groups(document))
    for placed in document.named('listen'):
        yield from _listener(document, placed)
    for key, protocol in PASSES.items():
        for placed in document.named(key):
            if placed.statement.arguments:
                word = placed.statement.arguments[0]
                yield from _upstreams(document, placed, word, protocol, groups)


def _upstreams(
    document: Document,
    placed: Placed,
    word: Word,
    protocol: Protocol,
    groups: dict[str, list[Address]],
) -> Iterator[Upstream]:
    scheme = SCHEME.match(word.text)
    name = scheme['scheme'].lower() if scheme else ''
    if name == 'https':
        protocol = Protocol.HTTPS
    target = TARGET.match(word.text, scheme.end() if scheme else 0)
    if target is None or '$' in target[0]:
        return
    for address in groups.get(target[0]) or _addresses(target, PORTS.get(name)):
        yield Upstream(protocol, address, document, placed, word.span)


def _groups(document: Document) -> Iterator[tuple[str, list[Address]]]:
    """Yield the name of each ``upstream`` with the addresses of its servers."""
    for placed in document.named('upstream'):
        statement = placed.statement
        if not statement.arguments:
            continue
        addresses: list[Address] = []
        for inner in statement.body or ():
            if inner.key == 'server' and inner.arguments:
                match = TARGET.match(inner.arguments[0].text)
                addresses += _addresses(match, PORTS['http']) if match else []
        yield statement.arguments[0].text, addresses


def _addresses(target: re.Match[str], port: int | None) -> list[Address]:
    if target['path']:
        return [Address(path=target['path'])]
    address = Address.tcp(target['authority'], port)
    return [] if address is None or not address.host else [address]


def _listener(document: Document, placed: Placed) -> Iterator[Listener]:
    arguments = placed.statement.arguments
    if not arguments:
        return
    text = arguments[0].text
    if text.startswith('unix:'):
        address: Address | None = Address(path=text.removeprefix('unix:'))
    elif text.isdecimal():
        address = Address.tcp(f':{text}')
    else:
        address = Address.tcp(text, PORTS['http'])
    if address is not None:
        tls = any(word.text == 'ssl' for word in arguments[1:])
        protocol = Protocol.HTTPS if tls else Protocol.HTTP
        yield Listener(protocol, address, document, placed, arguments[0].span)
