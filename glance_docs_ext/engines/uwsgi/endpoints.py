"""Who listens and who is called in a uWSGI configuration."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from glance_docs_ext.endpoints import Address, Listener, Protocol, Upstream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Placed

# The sockets of core/uwsgi.c's option table and the protocol that each sets (core/protocol.c); the
# routers of plugins/http, plugins/fastrouter, plugins/rawrouter; the statistics of core/stats.c.
LISTENERS = {
    'socket': Protocol.UWSGI,
    'uwsgi-socket': Protocol.UWSGI,
    'http-socket': Protocol.HTTP,
    'http11-socket': Protocol.HTTP,
    'https-socket': Protocol.HTTPS,
    'fastcgi-socket': Protocol.FASTCGI,
    'fastcgi-nph-socket': Protocol.FASTCGI,
    'scgi-socket': Protocol.SCGI,
    'scgi-nph-socket': Protocol.SCGI,
    'suwsgi-socket': Protocol.OTHER,
    'ssl-socket': Protocol.OTHER,
    'puwsgi-socket': Protocol.OTHER,
    'raw-socket': Protocol.OTHER,
    'http': Protocol.HTTP,
    'httprouter': Protocol.HTTP,
    'https': Protocol.HTTPS,
    'https2': Protocol.HTTPS,
    'fastrouter': Protocol.UWSGI,
    'rawrouter': Protocol.OTHER,
    'sslrouter': Protocol.OTHER,
    'stats': Protocol.OTHER,
    'stats-server': Protocol.OTHER,
}
UPSTREAMS = {'http-to': Protocol.UWSGI, 'fastrouter-to': Protocol.UWSGI}
PROTOCOLS = {  # ``protocol = NAME`` sets what a plain ``socket`` speaks (core/protocol.c)
    'uwsgi': Protocol.UWSGI,
    'http': Protocol.HTTP,
    'http11': Protocol.HTTP,
    'fastcgi': Protocol.FASTCGI,
    'fastcgi-nph': Protocol.FASTCGI,
    'scgi': Protocol.SCGI,
    'scgi-nph': Protocol.SCGI,
}


def endpoints(document: Document) -> Iterator[Listener | Upstream]:
    """Yield the ends whose address can be told.

    A relative socket path is taken from ``chdir``, and skipped where there is none: the folder that
    uWSGI is started in is not on the page. An address with a placeholder in it is skipped as well.
    """
    folder = _value(document, 'chdir')
    plain = PROTOCOLS.get(_value(document, 'protocol', 'socket-protocol') or 'uwsgi')
    for key, protocol in LISTENERS.items():
        spoken = plain if key == 'socket' else protocol
        if spoken is None:  # a protocol that we do not know
            continue
        for placed in document.named(key):
            if (address := _address(placed, folder)) is not None:
                word = placed.statement.arguments[0]
                yield Listener(spoken, address, document, placed, word.span)
    for key, protocol in UPSTREAMS.items():
        for placed in document.named(key):
            if (address := _address(placed, folder)) is not None:
                word = placed.statement.arguments[0]
                yield Upstream(protocol, address, document, placed, word.span)


def _value(document: Document, *keys: str) -> str | None:
    """Return the value that counts: a scalar's last one."""
    values = [p.statement.arguments[0].text for p in document.named(*keys) if p.statement.arguments]
    return values[-1] if values else None


def _address(placed: Placed, folder: str | None) -> Address | None:
    if not placed.statement.arguments:
        return None
    text = placed.statement.arguments[0].text.partition(',')[0]  # https = address,certificate,key
    if not text or '%(' in text or '$(' in text or text.startswith(('=', 'fd://')):
        return None
    if ':' in text:
        return Address.tcp(text)
    if text.startswith(('/', '@')):
        return Address(path=text)
    return Address(path=posixpath.join(folder, text)) if folder else None
