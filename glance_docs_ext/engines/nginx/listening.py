"""What may stand behind the address in ``listen``: its parameters in http, stream and mail.

Source: ``ngx_http_core_listen()``, ``ngx_stream_core_listen()``, ``ngx_mail_core_listen()``; each
parameter was tried in each of the three with nginx 1.22, and each beside ``udp``.
"""

from __future__ import annotations

import re

from glance_docs_ext.engines.nginx.predicates import after, counts, is_number
from glance_docs_ext.engines.nginx.values import is_seconds, number, size

STREAM_SERVER = frozenset({'stream-server'})
ELSEWHERE = {
    frozenset({'server'}): frozenset({'udp'}),
    STREAM_SERVER: frozenset({'default', 'http2', 'quic'}),
    frozenset({'mail-server'}): frozenset(
        (
            *('default', 'default_server', 'deferred', 'reuseport', 'http2', 'quic', 'udp'),
            *('accept_filter', 'setfib', 'fastopen'),
        )
    ),
}
"""The parameters that a server of http, stream or mail does not know, but one of the others."""

SINCE = {'quic': '1.25.0', 'multipath': '1.29.7'}
SINCE_IN_STREAM = dict.fromkeys(('default_server', 'deferred', 'setfib', 'accept_filter'), '1.25.5')
"""The parameters that came later, and the version that they came with."""

INCOMPATIBLE = {  # in the order in which they are told
    'quic': ('ssl', 'http2', 'so_keepalive=', 'proxy_protocol'),
    'udp': (
        *('ssl', 'so_keepalive=', 'proxy_protocol', 'backlog=', 'fastopen=', 'deferred'),
        'multipath',
    ),
}
"""What cannot stand beside a transport that is not TCP."""


def is_known(text: str, contexts: frozenset[str]) -> bool:
    """Whether some version of nginx takes a parameter in a ``listen`` in one of ``contexts``."""
    if contexts in ELSEWHERE and text.partition('=')[0] in ELSEWHERE[contexts]:
        return False
    return text in _WORDS or any(test(text) for test in _PARAMETERS)


def since(text: str, contexts: frozenset[str]) -> str | None:
    """Return the version that a parameter came with, None where it is older than what we know."""
    name = text.partition('=')[0]
    return SINCE.get(name) or (SINCE_IN_STREAM.get(name) if contexts == STREAM_SERVER else None)


def _is_keepalive(text: str) -> bool:
    """Whether ``text`` is on, off, or IDLE:INTERVAL:COUNT, of which at least one is above zero."""
    if text in {'on', 'off'}:
        return True
    times = text.split(':', 2)
    count = times.pop() if len(times) == 3 else ''
    if not all(is_seconds(time) for time in times if time):
        return False
    return (not count or number(count) is not None) and re.search('[1-9]', text) is not None


_WORDS = frozenset(
    (
        *('default_server', 'default', 'bind', 'deferred', 'reuseport', 'ssl', 'http2', 'quic'),
        *('udp', 'proxy_protocol', 'multipath', 'ipv6only=on', 'ipv6only=off'),
    )
)
_PARAMETERS = (
    after('accept_filter=', bool),
    after('backlog=', counts),
    after('so_keepalive=', _is_keepalive),
    after('setfib=', is_number),
    after('fastopen=', is_number),
    after('rcvbuf=', lambda text: size(text) is not None),
    after('sndbuf=', lambda text: size(text) is not None),
)
