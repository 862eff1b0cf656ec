"""The values of directives that read them by themselves: what each word of theirs may be.

A directive stands here when nginx refuses every other form of its words. Source: the functions of
nginx that its tables name for these directives; each form was tried with nginx 1.22.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx import values
from glance_docs_ext.engines.nginx.regex import captures

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[str], bool]

SMALLEST_ZONE = 8 * 4096  # bytes, eight pages of memory


class Form(NamedTuple):
    """What the words of a directive may be: one test each, the last one for all that follow.

    ``usage`` is for people. One of the words must pass ``needs``, the last one ``last``.
    """

    usage: str
    words: tuple[Test, ...]
    needs: Test | None = None
    last: Test | None = None

    def fault(self, words: list[str]) -> int | None:
        """Return the index of the first word that is refused, -1 where one is missing, or None."""
        for index, word in enumerate(words):
            if not self.words[min(index, len(self.words) - 1)](word):
                return index
        if self.last is not None and words and not self.last(words[-1]):
            return len(words) - 1
        if self.needs is not None and not any(self.needs(word) for word in words):
            return -1
        return None


def one_of(*words: str) -> Test:
    """Return a test for being one of ``words``."""
    return frozenset(words).__contains__


def like(pattern: str) -> Test:
    """Return a test for matching the whole of ``pattern``."""
    compiled = re.compile(pattern, re.DOTALL)
    return lambda word: compiled.fullmatch(word) is not None


def either(*tests: Test) -> Test:
    """Return a test for passing any of ``tests``."""
    return lambda word: any(test(word) for test in tests)


def after(prefix: str, test: Test) -> Test:
    """Return a test for ``prefix`` with something behind it that passes ``test``."""
    return lambda word: word.startswith(prefix) and test(word[len(prefix) :])


def unless(prefix: str, test: Test) -> Test:
    """Return a test that fails only for ``prefix`` with something behind it that fails ``test``."""
    return lambda word: not word.startswith(prefix) or test(word[len(prefix) :])


def starts(prefix: str) -> Test:
    """Return a test for starting with ``prefix``."""
    return lambda word: word.startswith(prefix)


def anything(_word: str) -> bool:
    """Pass every word."""
    return True


def has_variable(word: str) -> bool:
    """Whether nginx sees a variable in ``word``."""
    return '$' in word


def counts(word: str) -> bool:
    """Whether ``word`` is a number above zero."""
    return bool(values.number(word))


def is_offset(word: str) -> bool:
    """Whether ``word`` is a size that may be given in ``g``."""
    return values.offset(word) is not None


def is_number(word: str) -> bool:
    """Whether ``word`` is a number."""
    return values.number(word) is not None


def is_zone(word: str) -> bool:
    """Whether ``word`` is NAME:SIZE, of eight pages at least."""
    name, colon, size = word.rpartition(':')
    return bool(name and colon) and (values.size(size) or 0) >= SMALLEST_ZONE


def is_network(word: str) -> bool:
    """Whether ``word`` is an address, or one with the bits of its network: ``ngx_ptocidr()``."""
    address, slash, bits = word.partition('/')
    if slash and not like('[0-9]{1,3}')(bits):
        return False
    if like(r'[0-9]*(?:\.[0-9]*){3}')(address):  # nginx reads a missing part as 0
        return all(int(part or 0) <= 255 for part in address.split('.')) and int(bits or 0) <= 32
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return '%' not in address and int(bits or 0) <= 128


def is_address(word: str) -> bool:
    """Whether ``word`` is an address, with or without a port."""
    host = re.sub(r':[0-9]{1,5}$', '', word) if word.count(':') == 1 or ']' in word else word
    return '/' not in word and is_network(host.strip('[]'))


_CACHE_PATH = either(
    like(r'levels=[12](?::[12]){0,2}'),
    like(r'use_temp_path=(?:on|off)'),
    after('keys_zone=', is_zone),
    after('inactive=', values.is_seconds),
    after('max_size=', is_offset),
    after('min_free=', is_offset),
    after('manager_files=', is_number),
    after('loader_files=', is_number),
    *(
        after(f'{which}_{what}=', values.is_milliseconds)
        for which in ('manager', 'loader')
        for what in ('sleep', 'threshold')
    ),
)
_EXPIRES = either(
    like(r'epoch|max|off'),
    values.is_seconds,
    after('-', values.is_seconds),
    after('@', values.is_seconds),
    has_variable,
)
_RESOLVER = (
    unless('valid=', values.is_seconds),
    unless('ipv4=', one_of('on', 'off')),
    unless('ipv6=', one_of('on', 'off')),
)
_OFF = one_of('off')
_ACCESS = either(one_of('all'), is_network, one_of('unix:'))
_LEVELS = 'debug, info, notice, warn, error, crit, alert or emerg'
_BY = ('proxy', 'fastcgi', 'uwsgi', 'scgi')

FORMS: dict[str, Form] = {
    'worker_processes': Form('a number, or auto', (either(one_of('auto'), is_number),)),
    'worker_connections': Form('a number', (is_number,)),
    'worker_priority': Form('a number', (like('[-+]?[0-9]{1,18}'),)),
    'worker_cpu_affinity': Form('auto, or masks of 0 and 1', (like('auto|[01 ]*'), like('[01 ]*'))),
    'use': Form(
        'epoll, poll, select, kqueue, eventport or /dev/poll',
        (one_of('epoll', 'poll', 'select', 'kqueue', 'eventport', '/dev/poll'),),
    ),
    'error_log': Form(
        f'a file, and {_LEVELS}',
        (anything, like(r'debug(?:_[a-z]+)?|info|notice|warn|error|crit|alert|emerg')),
    ),
    'keepalive_timeout': Form('one or two times', (values.is_milliseconds, values.is_seconds)),
    'expires': Form(
        'a time, @TIME, epoch, max or off, with "modified" before a time',
        (either(_EXPIRES, one_of('modified')), _EXPIRES),
    ),
    'userid_expires': Form(
        'a time, max or off', (either(one_of('max', 'off'), values.is_seconds),)
    ),
    'userid_mark': Form('off, or a letter, a digit or "="', (like('off|[A-Za-z0-9=]'),)),
    'aio': Form('on, off, or threads=POOL', (like(r'on|off|sendfile|threads(?:=.+)?'),)),
    'directio': Form('a size, or off', (either(_OFF, is_offset),)),
    'disable_symlinks': Form(
        'on, off or if_not_owner, and from=PART', (like('on|off|if_not_owner|from=.+'),)
    ),
    'open_file_cache': Form(
        'off, or max=NUMBER and inactive=TIME',
        (either(_OFF, after('max=', counts), after('inactive=', values.is_seconds)),),
        like('off|max=.*'),
    ),
    'open_log_file_cache': Form(
        'off, or max=NUMBER, inactive=TIME, min_uses=NUMBER, valid=TIME',
        (
            either(
                _OFF,
                after('max=', counts),
                after('min_uses=', counts),
                after('inactive=', values.is_seconds),
                after('valid=', values.is_seconds),
            ),
        ),
        like('off|max=.*'),
    ),
    'ssl_session_cache': Form(
        'off, none, builtin:NUMBER or shared:NAME:SIZE (32k at least)',
        (either(like('off|none|builtin(?::[0-9]{1,9})?'), after('shared:', is_zone)),),
    ),
    'ssl_ocsp_cache': Form(
        'off, or shared:NAME:SIZE (32k at least)', (either(_OFF, after('shared:', is_zone)),)
    ),
    'limit_req_zone': Form(
        'a key, zone=NAME:SIZE (32k at least) and rate=NUMBERr/s or NUMBERr/m',
        (
            anything,
            either(after('zone=', is_zone), like('rate=0*[1-9][0-9]*(?:r/[sm])?'), one_of('sync')),
        ),
        starts('zone='),
    ),
    'limit_conn_zone': Form(
        'a key and zone=NAME:SIZE (32k at least)',
        (anything, either(after('zone=', is_zone), one_of('sync'))),
        starts('zone='),
    ),
    'limit_req': Form(
        'zone=NAME, burst=NUMBER, delay=NUMBER or nodelay',
        (
            either(
                starts('zone='),
                after('burst=', counts),
                after('delay=', counts),
                one_of('nodelay'),
            ),
        ),
        starts('zone='),
    ),
    'limit_conn': Form(
        'a zone and a number up to 65535',
        (anything, lambda word: 0 < (values.number(word) or 0) <= 65535),
    ),
    'random': Form('two, and least_conn', (one_of('two'), like('least_conn|least_time=.*'))),
    'hash': Form('a key, and consistent', (anything, one_of('consistent'))),
    'access_log': Form(
        'off, or a file, a format, buffer=SIZE, flush=TIME, gzip=LEVEL and if=CONDITION',
        (
            anything,
            anything,
            either(
                after('buffer=', lambda word: values.size(word) is not None),
                after('flush=', values.is_milliseconds),
                like('gzip(?:=[1-9])?|if=.*'),
            ),
        ),
    ),
    'rewrite': Form('a pattern, and what replaces it', (anything, bool, anything)),
    'log_format': Form(
        'a name, escape=default, json or none, and the format',
        (anything, unless('escape=', like('default|json|none')), anything),
    ),
    'resolver': Form(
        'addresses, valid=TIME, ipv4=on or off, ipv6=on or off',
        (lambda word: all(test(word) for test in _RESOLVER),),
    ),
    'limit_except': Form(
        'methods of HTTP',
        (
            like(
                '(?i:get|head|post|put|delete|mkcol|copy|move|options|propfind|proppatch|lock|unlock|patch)'
            ),
        ),
    ),
    'fastcgi_split_path_info': Form(
        'a regular expression with two captures', (lambda word: captures(word) in {2, None},)
    ),
    'keepalive': Form('a number of connections', (counts, anything)),
    'dav_access': Form(
        'user:rw, group:r, all:r or the like', (like('(?:user|group|all):(?:rw|r|w)'),)
    ),
    'add_header': Form('a name, a value, and always', (anything, anything, one_of('always'))),
    'add_trailer': Form('a name, a value, and always', (anything, anything, one_of('always'))),
    'protocol': Form('imap, pop3 or smtp', (one_of('imap', 'pop3', 'smtp'),)),
    'starttls': Form('on, off or only', (like('(?i:on|off|only)'),)),
    'allow': Form('an address, a network, unix: or all', (_ACCESS,)),
    'deny': Form('an address, a network, unix: or all', (_ACCESS,)),
    **{
        f'{by}_cache_valid': Form(
            'codes or any, and a time at the end',
            (either(one_of('any'), like('[1-5][0-9][0-9]'), values.is_seconds),),
            last=values.is_seconds,
        )
        for by in _BY
    },
    **{
        f'{by}_cache_path': Form(
            'a folder, keys_zone=NAME:SIZE (32k at least), levels=, inactive=, max_size=',
            (anything, _CACHE_PATH),
            starts('keys_zone='),
        )
        for by in _BY
    },
    **{
        f'{by}_temp_path': Form('a folder, and up to three numbers of digits', (anything, counts))
        for by in (*_BY, 'client_body')
    },
    **{
        f'{by}_bind': Form(
            'off, or an address, and transparent',
            (either(_OFF, has_variable, is_address), one_of('transparent')),
        )
        for by in (*_BY, 'grpc', 'memcached')
    },
    **{
        f'{by}_store_access': Form(
            'user:rw, group:r, all:r or the like', (like('(?:user|group|all):(?:rw|r|w)'),)
        )
        for by in _BY
    },
}
"""The form of each directive, wherever it stands."""

ALONE = {
    'proxy_redirect': ('default', 'off'),
    'proxy_cookie_domain': ('off',),
    'proxy_cookie_path': ('off',),
    'proxy_cookie_flags': ('off',),
}
"""Directives that take several words, or one of these on its own."""
