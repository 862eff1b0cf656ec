"""What ``route`` and its like may do and ask: the actions and conditions, by the plugin of each.

Source: ``uwsgi_register_embedded_routers()`` of core/routing.c, and what the plugins register with
``uwsgi_register_router()`` and ``uwsgi_register_route_condition()``; 2.0.21 and 2.0.31 have the
same. What an action wants of its argument is what its function refuses to start without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_ITEM = re.compile(r'((?>(?:[^,\\]|\\.)*))(?:,|\\?\Z)', re.DOTALL)


class Action(NamedTuple):
    """``plugin`` brings it ('': the core); ``accepts`` is asked about its argument.

    ``wanted`` is the form of the argument for people, '' where anything is taken.
    """

    plugin: str = ''
    wanted: str = ''
    accepts: Callable[[str], bool] = lambda _argument: True


def _keys(*keys: str) -> Callable[[str], bool]:
    """Return a test for KEY=VALUE pairs with one of each group of keys (``a|b``) among them.

    ``uwsgi_kvlist_parse()`` of core/utils.c: commas separate, a backslash takes the next letter.
    """

    def accepts(argument: str) -> bool:
        items = (re.sub(r'\\(.)', r'\1', match[1], flags=re.DOTALL) for match in _items(argument))
        found = {item.partition('=')[0] for item in items if '=' in item}
        return all(found & set(group.split('|')) for group in keys)

    return accepts


def _items(argument: str) -> list[re.Match[str]]:
    return list(_ITEM.finditer(argument))


def _contains(text: str, times: int = 1) -> Callable[[str], bool]:
    return lambda argument: argument.count(text) >= times


def _calls(argument: str) -> bool:
    """Whether ``rpc`` finds a function and no more than 256 words behind it."""
    return 0 < len([word for word in argument.split(' ') if word]) <= 256


def _sets(argument: str) -> bool:
    """Whether ``rpcvar`` finds a variable and a call."""
    return ' ' in argument and _calls(argument.partition(' ')[2])


_CORE = (
    'continue last break return break-with-status log donotlog donotoffload goto addheader '
    'delheader remheader clearheaders resetheaders disableheaders signal send send-crnl chdir '
    'setapp setuser sethome setfile setscriptname setmethod seturi setremoteaddr setpathinfo '
    'fixpathinfo setdocroot setscheme setprocname setmodifier1 setmodifier2 + - * / flush fixcl '
    'forcecl harakiri'
)
_ANYTHING = {
    'router_http': 'http httpdumb proxyhttp httpconnect proxyhttpconnect',
    'router_memcached': 'memcached-continue',
    'router_redis': 'redis-continue',
    'router_rewrite': 'rewrite rewrite-last',
    'router_static': 'static static-next',
    'router_redirect': 'redirect redirect-302 redirect-permanent redirect-301',
    'router_metrics': 'metricinc metricdec metricmul metricdiv metricset',
    'router_expires': 'expires',
    'router_xmldir': 'xmldir',
    'router_access': 'access',
    'router_spnego': 'spnego spnego-next',
    'transformation_chunked': 'chunked',
    'transformation_gzip': 'gzip',
    'transformation_offload': 'offload',
    'transformation_template': 'template',
    'transformation_toupper': 'toupper',
    'symcall': 'symcall symcall-next',
    'cgi': 'cgi',
    'ssi': 'ssi',
    'xslt': 'xslt toxslt',
    'ldap': 'ldapauth ldapauth-next',
    'gridfs': 'gridfs',
}
_PAIR = ('KEY=VALUE', _contains('='))
_MODIFIED = ('ADDRESS,MODIFIER1,MODIFIER2', _contains(',', 2))
_STORED = ('addr=ADDRESS,key=KEY', _keys('addr', 'key'))
_CACHED = ('key=KEY', _keys('key'))
_FILE = ('filename=FILE', _keys('filename'))
_RADIUS = ('realm=REALM,server=ADDRESS,secret=SECRET', _keys('realm', 'server', 'secret'))
_LOGIN = ('REALM,USER:PASSWORD or REALM,FILE', _contains(','))

ACTIONS: dict[str, Action] = {
    **{name: Action() for name in _CORE.split()},
    **{name: Action(plugin) for plugin, names in _ANYTHING.items() for name in names.split()},
    'logvar': Action('', *_PAIR),
    'addvar': Action('', *_PAIR),
    'alarm': Action('', 'ALARM MESSAGE', _contains(' ')),
    'uwsgi': Action('router_uwsgi', *_MODIFIED),
    'proxyuwsgi': Action('router_uwsgi', *_MODIFIED),
    'memcached': Action('router_memcached', *_STORED),
    'memcachedstore': Action('router_memcached', *_STORED),
    'memcached-store': Action('router_memcached', *_STORED),
    'redis': Action('router_redis', *_STORED),
    'redisstore': Action('router_redis', *_STORED),
    'redis-store': Action('router_redis', *_STORED),
    **{
        name: Action('router_cache', *_CACHED)
        for name in (
            *('cache', 'cache-continue', 'cachestore', 'cache-store'),
            *('cacheinc', 'cachedec', 'cachemul', 'cachediv'),
        )
    },
    'cachevar': Action('router_cache', 'key=KEY,var=VARIABLE', _keys('key', 'var')),
    'cacheset': Action('router_cache', 'key=KEY,value=VALUE', _keys('key', 'value')),
    **{
        name: Action('router_static', *_FILE)
        for file in ('file', 'sendfile', 'fastfile')
        for name in (file, f'{file}-next')
    },
    'tofile': Action('transformation_tofile', 'filename=FILE', _keys('filename|name')),
    'to-file': Action('transformation_tofile', 'filename=FILE', _keys('filename|name')),
    'hash': Action('router_hash', 'key=KEY,var=VARIABLE,items=A;B', _keys('key', 'var', 'items')),
    'radius': Action('router_radius', *_RADIUS),
    'radius-next': Action('router_radius', *_RADIUS),
    'basicauth': Action('router_basicauth', *_LOGIN),
    'basicauth-next': Action('router_basicauth', *_LOGIN),
    **{
        name: Action('rpc', 'FUNCTION ARGUMENTS', _calls)
        for name in ('call', 'rpc', 'rpcret', 'rpcblob', 'rpcnext', 'rpcraw')
    },
    'rpcvar': Action('rpc', 'VARIABLE FUNCTION ARGUMENTS', _sets),
    'cgihelper': Action('cgi', 'HELPER COMMAND', _contains(' ')),
}
"""By the name that stands before the colon."""

_CONDITIONS = (
    'exists isfile isdir islink isexec equal isequal eq == startswith endswith regexp re ishigher '
    '> islower < ishigherequal >= islowerequal <= contains contain ipv4in ipv6in lord empty'
)
CONDITIONS: dict[str, str] = {
    **dict.fromkeys(_CONDITIONS.split(), ''),
    'incache': 'router_cache',
}
"""What ``route-if`` asks, and the plugin that brings it."""

BUILT_IN = frozenset(
    (
        *('router_uwsgi', 'router_redirect', 'router_basicauth', 'router_rewrite', 'router_http'),
        *('router_cache', 'router_static', 'router_memcached', 'router_redis', 'router_hash'),
        *('router_expires', 'router_metrics', 'transformation_tofile', 'transformation_gzip'),
        *('transformation_chunked', 'transformation_offload', 'transformation_template'),
        *('rpc', 'symcall'),
    )
)
"""Plugins with actions that uWSGI has built in, and Debian loads on demand (buildconf/base.ini)."""


class Route(NamedTuple):
    """A route taken apart; each part is None where the text has none."""

    condition: str | None
    action: str | None
    argument: str


def read(option: str, value: str) -> Route:
    """Take the value of ``route``, ``route-if``, ``route-run`` and the like apart.

    :param option: its name, such as ``final-route-if-not``
    """
    condition: str | None = None
    command = value
    if not option.endswith('-run'):
        subject, _, command = value.partition(' ')
        if option.endswith(('-if', '-if-not')):
            name, colon, _ = subject.partition(':')
            condition = name if colon else None
    action, colon, argument = command.partition(':')
    return Route(condition, action if colon else None, argument)
