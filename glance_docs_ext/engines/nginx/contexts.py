"""Where nginx's directives may stand: the names of the contexts, and what each block opens.

Source: the NGX_*_CONF bits of src/core/ngx_conf_file.h, src/http/ngx_http_config.h and
src/stream/ngx_stream.h, and the ``cmd_type`` that each block's reader sets for its body.
"""

from __future__ import annotations

from functools import cache, lru_cache

WORDS = {
    'main': 'at the top of nginx.conf',
    'events': 'in events',
    'http': 'in http',
    'server': 'in server',
    'location': 'in location',
    'server-if': 'in an if of server',
    'location-if': 'in an if of location',
    'limit-except': 'in limit_except',
    'upstream': 'in upstream',
    'types': 'in types',
    'map': 'in map',
    'geo': 'in geo',
    'geoip2': 'in geoip2',
    'split_clients': 'in split_clients',
    'charset_map': 'in charset_map',
    'stream': 'in stream',
    'stream-server': 'in server of stream',
    'stream-upstream': 'in upstream of stream',
    'mail': 'in mail',
    'mail-server': 'in server of mail',
    'rtmp': 'in rtmp',
    'rtmp-server': 'in server of rtmp',
    'rtmp-application': 'in application of rtmp',
    'rtmp-recorder': 'in recorder of rtmp',
    'if': 'in if',
}
"""Each context and how a message says it; ``if`` is short for both kinds of it."""

LINES = frozenset({'map', 'geo', 'geoip2', 'types', 'split_clients', 'charset_map'})
"""The contexts that are the bodies of blocks whose lines are data, named like their blocks."""

ANY_STATEMENT = frozenset(WORDS) - LINES - {'if'}
"""All contexts of directives: what the top of a fragment may be."""

OPENS: dict[str, dict[str, str]] = {
    'events': {'main': 'events'},
    'http': {'main': 'http'},
    'server': {
        'http': 'server',
        'stream': 'stream-server',
        'mail': 'mail-server',
        'rtmp': 'rtmp-server',
    },
    'location': {'server': 'location', 'location': 'location'},
    'if': {'server': 'server-if', 'location': 'location-if'},
    'limit_except': {'location': 'limit-except'},
    'upstream': {'http': 'upstream', 'stream': 'stream-upstream'},
    'stream': {'main': 'stream'},
    'mail': {'main': 'mail'},
    'rtmp': {'main': 'rtmp'},
    'application': {'rtmp-server': 'rtmp-application'},
    'recorder': {'rtmp-application': 'rtmp-recorder'},
}
"""Block -> context that it stands in -> context of its body."""


BROUGHT = {
    'mime.types': 'types',
    'fastcgi.conf': 'fastcgi_param',
    'fastcgi_params': 'fastcgi_param',
    'scgi_params': 'scgi_param',
    'uwsgi_params': 'uwsgi_param',
}
"""The files that nginx brings for others to include, and the only directive in each (conf/)."""


def brought_by(path: str) -> str:
    """Return the directive that an ``include`` of ``path`` stands for, '' where nobody knows."""
    return BROUGHT.get(path.removeprefix('/etc/nginx/'), '')


def describe(context: str) -> str:
    """Return words for ``context``, such as "in server"."""
    return WORDS.get(context, context)


@lru_cache(maxsize=64)
def top(context: str | None) -> frozenset[str]:
    """Return the contexts of the top of a text whose author named ``context``, or named none."""
    if context is None:
        return ANY_STATEMENT
    return frozenset(OPENS['if'].values()) if context == 'if' else frozenset({context})


def opened_by(block: str, contexts: frozenset[str]) -> frozenset[str]:
    """Return the contexts that the body of ``block`` may be, when it stands in ``contexts``.

    A block that is out of place opens what it would open in its right place, so that one fault
    stays one; a block that nobody knows opens nothing that is known.
    """
    return _opened_by(block, contexts) if block in OPENING else frozenset()


OPENING = LINES.union(OPENS)
"""The blocks that open what is known."""
ALWAYS = OPENING - {'server'}
"""Those that have a block wherever they may stand: a server of ``upstream`` has none."""


@cache
def _opened_by(block: str, contexts: frozenset[str]) -> frozenset[str]:
    if block in LINES:
        return frozenset({block})
    opens = OPENS[block]
    inside = frozenset(body for place, body in opens.items() if place in contexts)
    return inside or frozenset(opens.values())
