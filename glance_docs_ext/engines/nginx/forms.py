"""The values of directives that read them by themselves: what each word of theirs may be.

A directive stands here when nginx refuses every other form of its words. Source: the functions of
nginx that its tables name for these directives; each form was tried with nginx 1.22.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx import values
from glance_docs_ext.engines.nginx.addresses import parse, unfilled
from glance_docs_ext.engines.nginx.predicates import (
    after,
    anything,
    counts,
    either,
    has_variable,
    is_address,
    is_network,
    is_number,
    is_offset,
    is_size_of_zone,
    is_zone,
    like,
    one_of,
    sized,
    starts,
    unless,
)
from glance_docs_ext.pcre import captures

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.engines.nginx.predicates import Test


class Form(NamedTuple):
    """What the words of a directive may be: one test each, the last one for all that follow.

    ``usage`` is for people. One of the words must pass ``needs``. The last one must pass ``last``
    instead of a test of ``words``. All of them must pass ``together``; where they do not, the last
    one is to blame.
    """

    usage: str
    words: tuple[Test, ...]
    needs: Test | None = None
    last: Test | None = None
    together: Callable[[list[str]], bool] | None = None

    def fault(self, words: list[str]) -> int | None:
        """Return the index of the first word that is refused, -1 where one is missing, or None."""
        _usage, tests, needs, last, together = self
        behind = len(tests) - 1
        for index, word in enumerate(words[:-1] if last else words):
            if not tests[index if index < behind else behind](word):
                return index
        if last is not None and words and not last(words[-1]):
            return len(words) - 1
        if needs is not None and not any(map(needs, words)):
            return -1
        if together is not None and not together(words):
            return len(words) - 1
        return None

    def takes_any(self, count: int) -> bool:
        """Whether so many words are right, whatever they are."""
        free = self.needs is None and self.last is None and self.together is None
        return free and all(test is anything for test in self.words[:count])


def _is_power_of_two(word: str) -> bool:
    number = values.number(word)
    return number is None or (number > 0 and number & (number - 1) == 0)


_POOL = Form('a multiple of 16, and 112 at least', (sized(lambda n: n >= 112 and n % 16 == 0),))
_CACHE_PATH = either(
    after('keys_zone=', is_zone),  # the most frequent ones first
    after('inactive=', values.is_seconds),
    after('max_size=', is_offset),
    like(r'levels=(?:[12](?::[12]){0,2})?'),
    like(r'use_temp_path=(?:on|off)'),
    after('min_free=', is_offset),
    after('manager_files=', is_number),
    after('loader_files=', is_number),
    *(
        after(f'{which}_{what}=', values.is_milliseconds)
        for which in ('manager', 'loader')
        for what in ('sleep', 'threshold')
    ),
)
DAY = 24 * 60 * 60  # seconds


def _is_hour_of_day(word: str) -> bool:
    seconds = values.seconds(word)
    return seconds is not None and seconds <= DAY


_EXPIRES = either(
    like(r'epoch|max|off'),
    values.is_seconds,
    after('+', values.is_seconds),
    after('-', values.is_seconds),
    after('@', _is_hour_of_day),
    has_variable,
)
_MODIFIED = either(
    values.is_seconds, after('+', values.is_seconds), after('-', values.is_seconds), has_variable
)


def _is_server_of_names(word: str) -> bool:
    url = parse(word)
    return not (url.fault or word.endswith(',') or unfilled(url.host))


_RESOLVER = (
    unless('valid=', values.is_seconds),
    unless('ipv4=', one_of('on', 'off')),
    unless('ipv6=', one_of('on', 'off')),
    lambda word: '=' in word or _is_server_of_names(word),
)
_THREADS = (unless('threads=', counts), unless('max_queue=', is_number))
_is_above_zero = like('.*[1-9].*')
_OFF = one_of('off')
_KINDS_OF_STICKY = one_of('cookie', 'route', 'learn')
_ACCESS = either(one_of('all'), is_network, one_of('unix:'))
_LEVELS = 'debug, info, notice, warn, error, crit, alert or emerg'
_BY = ('proxy', 'fastcgi', 'uwsgi', 'scgi')

# ngx_http_upstream_param_set_slot(): a name, a value, and one word that it knows.
_PARAMETER = Form('a name, a value and if_not_empty', (anything, anything, one_of('if_not_empty')))

FORMS: dict[str, Form] = {
    'fastcgi_param': _PARAMETER,
    'scgi_param': _PARAMETER,
    'uwsgi_param': _PARAMETER,
    'worker_processes': Form('a number, or auto', (either(one_of('auto'), is_number),)),
    # Each address that nginx listens on takes one: "0 worker_connections are not enough".
    'worker_connections': Form('a number from 1 on', (like('0*[1-9][0-9]{0,17}'),)),
    # ngx_http_upstream_zone() and that of stream: without a size it is a zone of another upstream.
    'zone': Form('a name and a size from 32k on', (lambda word: word != '', is_size_of_zone)),
    'worker_priority': Form('a number', (like('[-+]?[0-9]{1,18}'),)),
    'worker_cpu_affinity': Form('auto, or masks of 0 and 1', (like('auto|[01 ]*'), like('[01 ]*'))),
    'use': Form(
        'epoll, poll, select, kqueue, eventport or /dev/poll',
        (one_of('epoll', 'poll', 'select', 'kqueue', 'eventport', '/dev/poll'),),
    ),
    'error_log': Form(
        f'a file, and {_LEVELS}',
        (anything, like(r'debug(?:_[a-z]+)?|info|notice|warn|error|crit|alert|emerg')),
        # Several parts of what debug tells may stand together, and nothing else.
        together=lambda words: len(words) < 3 or all(w.startswith('debug_') for w in words[1:]),
    ),
    'keepalive_timeout': Form('one or two times', (values.is_milliseconds, values.is_seconds)),
    'expires': Form(
        'a time, @TIME, epoch, max or off',
        (_EXPIRES,),
    ),
    'userid_expires': Form(
        'a time, max or off', (either(one_of('max', 'off'), values.is_seconds),)
    ),
    'userid_mark': Form('off, or a letter, a digit or "="', (like('off|[A-Za-z0-9=]'),)),
    'aio': Form('on, off, or threads=POOL', (like(r'on|off|sendfile|threads(?:=.+)?'),)),
    'directio': Form('a size, or off', (either(_OFF, is_offset),)),
    'disable_symlinks': Form(
        'on, off or if_not_owner, and from=PART', (one_of('on', 'off', 'if_not_owner'),)
    ),
    'open_file_cache': Form(
        'off, or max=NUMBER and inactive=TIME',
        (either(_OFF, after('max=', counts), after('inactive=', values.is_seconds)),),
        like('off|max=.*'),
    ),
    **{
        f'{by}ssl_certificate_cache': Form(
            'off, or max=NUMBER, inactive=TIME and valid=TIME',
            (
                either(
                    _OFF,
                    after('max=', counts),
                    after('inactive=', values.is_seconds),
                    after('valid=', values.is_seconds),
                ),
            ),
            like('off|max=.*'),
        )
        for by in ('', 'proxy_', 'grpc_', 'uwsgi_')
    },
    'sticky': Form('cookie, route or learn, and what that takes', (_KINDS_OF_STICKY, anything)),
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
                after('buffer=', lambda word: bool(values.size(word))),
                after('flush=', lambda word: values.is_milliseconds(word) and _is_above_zero(word)),
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
        lambda word: '=' not in word,
    ),
    # What it does not know beside these two it passes over.
    'thread_pool': Form(
        'a name, threads=NUMBER and max_queue=NUMBER',
        (anything, lambda word: all(test(word) for test in _THREADS)),
        starts('threads='),
    ),
    'auth_http': Form(
        'an address with a path, or one behind http://',
        (lambda word: not parse(word.removeprefix('http://'), with_uri=True).fault,),
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
    'index': Form('names of files', (bool,)),
    'valid_referers': Form('none, blocked, server_names, and names', (bool,)),
    'gzip_window': Form(
        'a power of two from 512 to 32k', (sized(lambda n: n in {512 << i for i in range(7)}),)
    ),
    'gzip_hash': Form(
        'a power of two from 512 to 128k', (sized(lambda n: n in {512 << i for i in range(9)}),)
    ),
    'connection_pool_size': _POOL,
    'request_pool_size': _POOL,
    'http2_pool_size': _POOL,
    'http2_chunk_size': Form('a size above 0', (sized(bool),)),
    'http2_recv_buffer_size': Form('a size above 32', (sized(lambda n: n > 32),)),
    'http2_streams_index_size': Form('a power of two', (_is_power_of_two,)),
    'keepalive': Form('a number of connections', (counts, anything)),
    'modern_browser': Form(
        'a browser such as msie and its version, or unlisted', (one_of('unlisted'),)
    ),
    'dav_access': Form(
        'user:rw, group:r, all:r or the like', (like('(?:user|group|all):(?:rw|r|w)'),)
    ),
    'add_header': Form('a name, a value, and always', (anything, anything, one_of('always'))),
    'add_trailer': Form('a name, a value, and always', (anything, anything, one_of('always'))),
    # Where it is no network it is the name of a host.
    'set_real_ip_from': Form(
        'an address, a network, the name of a host, or unix:',
        (lambda word: '/' not in word or is_network(word),),
    ),
    'protocol': Form('imap, pop3 or smtp', (one_of('imap', 'pop3', 'smtp'),)),
    'starttls': Form('on, off or only', (like('(?i:on|off|only)'),)),
    'allow': Form('an address, a network, unix: or all', (_ACCESS,)),
    'deny': Form('an address, a network, unix: or all', (_ACCESS,)),
    **{
        f'{by}_cache_valid': Form(
            'codes or any, and a time at the end',
            (either(one_of('any'), like('0*[1-5][0-9][0-9]')),),
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
        f'{by}_temp_path': Form(
            'a folder, and up to three numbers of digits, 10 together at most',
            (anything, counts),
            together=lambda words: sum(values.number(word) or 0 for word in words[1:]) <= 10,
        )
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

ONE = {
    'proxy_redirect': Form('default or off, or several words', (one_of('default', 'off'),)),
    'proxy_cookie_domain': Form('off, or several words', (_OFF,)),
    'proxy_cookie_path': Form('off, or several words', (_OFF,)),
    'proxy_cookie_flags': Form('off, or several words', (_OFF,)),
}
"""Directives that read one word otherwise than several."""

ONLY = {'access_log': 'off'}
"""Directives that take this word on its own, and no other behind it."""

TWO = {
    'disable_symlinks': Form(
        'on or if_not_owner, and from=PART',
        (like('on|if_not_owner|from=.*'),),
        one_of('on', 'if_not_owner'),
        together=lambda words: any(word.startswith('from=') for word in words),
    ),
    'expires': Form('modified, and a time', (one_of('modified'), _MODIFIED)),
    'modern_browser': Form(
        'msie, gecko, opera, safari or konqueror, and a version',
        (like('(?i:msie|gecko|opera|safari|konqueror)'), like('[0-9.]*')),
    ),
}
"""Directives that read two words otherwise than one."""


@lru_cache(maxsize=4096)
def form_of(key: str, count: int) -> Form | None:
    """Return the form of ``count`` words of a directive, or None where any are right."""
    form = {1: ONE, 2: TWO}.get(count, FORMS).get(key) or FORMS.get(key)
    if form is None or form.takes_any(count):
        return None
    return form
