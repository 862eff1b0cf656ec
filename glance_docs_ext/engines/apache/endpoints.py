"""Who listens and who is called in an Apache configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.endpoints import Address, Listener, Protocol, Upstream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.syntax import Document, Placed, Statement, Word

# Scheme -> what is spoken, and the port that is called where the URL names none
# (``default_port`` of the modules/proxy/mod_proxy_*.c; for uwsgi it is none at all: see rule
# uwsgi-url-without-port).
SCHEMES = {
    'http': (Protocol.HTTP, 80),
    'https': (Protocol.HTTPS, 443),
    'h2c': (Protocol.HTTP, 80),
    'h2': (Protocol.HTTPS, 443),
    'ws': (Protocol.HTTP, 80),
    'wss': (Protocol.HTTPS, 443),
    'uwsgi': (Protocol.UWSGI, None),
    'fcgi': (Protocol.FASTCGI, 8000),
    'scgi': (Protocol.SCGI, 4000),
    'ajp': (Protocol.AJP, 8009),
}
URL = re.compile(r'(?i:unix:(?P<path>[^|]+)\|)?(?P<scheme>[A-Za-z0-9+.-]+)://(?P<authority>[^/?]*)')
PROXYING_FLAG = re.compile(r'(?:^|[\[,])(?:P|proxy)(?:[\],]|$)', re.IGNORECASE)


def endpoints(document: Document) -> Iterator[Listener | Upstream]:
    """Yield the ends whose address can be told; one with a ``${variable}`` in it cannot."""
    for placed in document.named('listen'):
        yield from _listener(document, placed)
    for placed, word in proxied(document):
        called = upstream_address(word.text)
        if called is not None:
            yield Upstream(*called, document, placed, word.span)


def proxied(document: Document) -> list[tuple[Placed, Word]]:
    """Return each statement that passes requests on, with the word that holds the URL."""
    return [
        (placed, word)
        for placed in document.named(*PROXYING)
        if (word := proxied_url(placed.statement)) is not None
    ]


def proxied_url(statement: Statement) -> Word | None:
    """Return the word that holds the URL which requests are passed on to, or None.

    :param statement: one of those in `PROXYING`
    """
    return PROXYING[statement.key](statement.arguments)


def _of_proxy_pass(words: Sequence[Word]) -> Word | None:
    """``ProxyPass [path] URL [key=value …]``.

    In a ``<Location>`` there is no path; ``!`` (do not proxy) is no URL.
    """
    for word in words[:3]:
        if word.text == '!':
            return None
        if URL.match(word.text):
            return word
    return None


def _of_member(words: Sequence[Word]) -> Word | None:
    """``BalancerMember [balancer://name] URL``."""
    return next((word for word in reversed(words) if '://' in word.text), None)


def _of_rewriting(words: Sequence[Word]) -> Word | None:
    return words[1] if len(words) == 3 and PROXYING_FLAG.search(words[2].text) else None


def _of_handler(words: Sequence[Word]) -> Word | None:
    return words[0] if words and words[0].text.lower().startswith('proxy:') else None


PROXYING = {
    'proxypass': _of_proxy_pass,
    'proxypassmatch': _of_proxy_pass,
    'balancermember': _of_member,
    'rewriterule': _of_rewriting,
    'sethandler': _of_handler,
}
"""The directives that may pass requests on, and what finds the URL among their words."""


def upstream_address(url: str) -> tuple[Protocol, Address] | None:
    """Return what a proxy URL calls, or None where that cannot be told.

    Takes the forms of ProxyPass and ``SetHandler "proxy:…"``. A balancer is no address, its members
    are.
    """
    match = URL.match(url.removeprefix('proxy:'))
    if match is None or match['scheme'].lower() not in SCHEMES:
        return None
    protocol, port = SCHEMES[match['scheme'].lower()]
    if match['path']:
        return None if '${' in match['path'] else (protocol, Address(path=match['path']))
    authority = match['authority'].rpartition('@')[2]
    address = Address.tcp(authority, port)
    return None if address is None or not address.host else (protocol, address)


def _listener(document: Document, placed: Placed) -> Iterator[Listener]:
    arguments = placed.statement.arguments
    if not arguments:
        return
    text = arguments[0].text
    address = Address.tcp(f':{text}' if text.isdecimal() else text)
    if address is not None:
        https = len(arguments) > 1 and arguments[1].text.lower() == 'https'
        protocol = Protocol.HTTPS if https else Protocol.HTTP
        yield Listener(protocol, address, document, placed, arguments[0].span)
