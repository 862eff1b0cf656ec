"""Addresses as nginx reads them: ``ngx_parse_url()`` of src/core/ngx_inet.c."""

from __future__ import annotations

import ipaddress
import re
from functools import partial
from typing import NamedTuple

from glance_docs_ext.engines.nginx import values
from glance_docs_ext.engines.nginx.inet import is_inet6
from glance_docs_ext.remembered import remembered

PORT = 65535


class Url(NamedTuple):
    """Where an address leads: ``fault`` says why nginx refuses it, '' where it does not."""

    host: str = ''
    port: int | None = None
    uri: str = ''
    fault: str = ''


_INET6 = re.compile(r'\[([^\]]*)\](.*)', re.DOTALL)


def parse(text: str, *, listen: bool = False, with_uri: bool = False) -> Url:
    """Read HOST:PORT, [IPV6]:PORT, ``unix:PATH`` and, to listen, a port on its own.

    ``with_uri`` takes what stands behind the first ``/`` or ``?`` for the URI.
    """
    return _PARSED[listen, with_uri](text)


_UNFILLED = re.compile('[${}<>%]').search


def unfilled(host: str) -> str:
    """Return why no host can be called ``$HOST`` or ``<host>``, '' for what one may be called.

    It is for the addresses that nginx looks up at once, which take no variables.
    """
    is_name = not host.startswith(('[', 'unix:'))
    return UNFILLED if is_name and _UNFILLED(host) else ''


UNFILLED = 'nginx fills in nothing here, and no host has such a name: write what is meant'


def _parse(text: str, *, listen: bool, with_uri: bool) -> Url:
    if text.lower().startswith('unix:'):
        return _unix(text[5:], with_uri=with_uri)
    if text.startswith('['):
        match = _INET6.fullmatch(text)
        if match is None or not is_inet6(match[1]):
            return Url(fault='an IPv6 address stands in [ ], such as [::1]')
        host, behind = f'[{match[1]}]', match[2]
    else:
        end = re.search(r'[:/?]', text)
        host, behind = (text[: end.start()], text[end.start() :]) if end else (text, '')
    uri = ''
    if with_uri and (start := re.search(r'[/?]', behind)) is not None:
        behind, uri = behind[: start.start()], behind[start.start() :]
    if not behind:
        return _without_port(host, uri, listen=listen)
    if not behind.startswith(':'):
        return Url(host, fault='only a port may stand behind the host')
    return _with_port(host, _port(behind[1:], listen=listen), uri)


def _with_port(host: str, port: int | None, uri: str) -> Url:
    if port is None:
        return Url(host, fault=f'a port is a number from 1 to {PORT}')
    return Url(host, port, uri) if host else Url(fault='no host')


def _without_port(host: str, uri: str, *, listen: bool) -> Url:
    if not host:
        return Url(fault='no host')
    if listen and re.fullmatch(r'[0-9]+(?:-[0-9]+)?', host):
        port = _port(host, listen=True)
        return Url('', port, fault='' if port else f'a port is a number from 1 to {PORT}')
    return Url(host, None, uri)


def _unix(path: str, *, with_uri: bool) -> Url:
    uri = ''
    if with_uri and ':' in path:
        path, _, uri = path.partition(':')
    if not path:
        return Url(fault='no path behind unix:')
    if len(path) > 107:
        return Url(fault='a path of a socket has 107 bytes at the most')
    return Url(f'unix:{path}', 0, uri)


def _port(text: str, *, listen: bool) -> int | None:
    first, dash, last = text.partition('-')
    number = values.number(first)
    if number is None or not 0 < number <= PORT:
        return None
    if not dash:
        return number
    end = values.number(last)
    return number if listen and end is not None and number <= end <= PORT else None


_PARSED = {  # several rules read the same address
    (listen, with_uri): remembered(512)(partial(_parse, listen=listen, with_uri=with_uri))
    for listen in (False, True)
    for with_uri in (False, True)
}


@remembered(512)
def in_one_spelling(text: str) -> str | None:
    """Return where a ``listen`` leads, the same for each spelling; None where it is no address."""
    url = parse(text, listen=True)
    if url.fault:
        return None
    host = _host(url.host)
    return host if host.startswith('unix:') else f'{host}:{url.port or 80}'


def _host(text: str) -> str:
    """Return a host in one spelling, an IPv6 address in its shortest."""
    if text in {'', '0.0.0.0'}:  # noqa: S104  # compared only
        return '*'
    if not text.startswith('['):
        return text.lower()
    try:
        return f'[{ipaddress.IPv6Address(text[1:-1]).compressed}]'
    except ValueError:
        return text.lower()
