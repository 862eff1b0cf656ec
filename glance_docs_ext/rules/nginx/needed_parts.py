"""What a block of nginx cannot be without."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

STREAM = frozenset({'stream-server'})
MAIL = frozenset({'mail-server'})
UPSTREAM = frozenset({'upstream', 'stream-upstream'})
LUA = ('content_by_lua', 'content_by_lua_block', 'content_by_lua_file')
HANDLERS = ('proxy_pass', 'return', 'pass', 'js_access', 'js_preread', 'js_filter', 'echo', *LUA)
PARTS: tuple[tuple[str, frozenset[str], tuple[str, ...], str, str, str], ...] = (
    ('upstream', UPSTREAM, ('server',), 'has no server', 'add one: server ADDRESS;', ''),
    ('server', STREAM, ('listen',), 'has no listen', 'add one: listen PORT;', ''),
    ('server', MAIL, ('listen',), 'has no listen', 'add one: listen PORT;', ''),
    ('server', STREAM, HANDLERS, 'passes nothing on', 'add proxy_pass or return', '1.27.1'),
    ('server', MAIL, ('auth_http',), 'has no auth_http', 'add one, here or in mail', ''),
    (
        *('server', MAIL, ('protocol',), 'has no protocol, and listens on no port of one'),
        *('add protocol imap, pop3 or smtp', ''),
    ),
)


class Part(NamedTuple):
    """What must stand in a block: one of ``names``, or an include.

    ``until`` is the first version that starts without it, '' where none does.
    """

    names: frozenset[str]
    complaint: str
    remedy: str
    until: str


@cache
def parts(block: str, inside: frozenset[str]) -> list[Part]:
    """Return what a block cannot be without whose lines stand in one of these contexts."""
    return [
        Part(frozenset({*names, 'include'}), complaint, remedy, until)
        for name, places, names, complaint, remedy, until in PARTS
        if name == block and inside <= places
    ]
