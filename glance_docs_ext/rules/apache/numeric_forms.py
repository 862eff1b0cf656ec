"""Directives whose arguments are numbers, sizes or times.

Each form is what the engine lets pass, which is more than its manual says: most directives look at
the start of a value only. All were tried with thirty values in Apache 2.4.71.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.rules.apache.form import Form, of
from glance_docs_ext.rules.apache.numbers import (
    also,
    atol,
    lasting,
    matches,
    power_of_two,
    starts,
    whole,
    zero_or,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_32 = 2**32 - 1


def _long(low: int) -> Callable[[str], bool]:
    """Return a test: the start of a word is from ``low`` on, and fits in 64 bits."""
    return lambda text: low <= atol(text) < 2**63 - 1


def _from_to(low: int, high: int) -> Form:
    return Form(f'a number from {low} to {high}', starts(low, high))


def _worker_factor(text: str) -> bool:
    """Whether a word is a number greater than 0, with a fraction if you like (``strtod()``)."""
    return FRACTION.fullmatch(text) is not None and re.search('[1-9a-fA-F]', text) is not None


def _shared_memory(text: str) -> bool:
    """set_shmem_size() of mod_auth_digest.c."""
    found = re.match(r'\s*\+?[0-9]{1,18}([km]|\Z)', text, re.IGNORECASE)
    unit = {'k': 1024, 'm': 1024 * 1024}.get(found[1].lower(), 1) if found else 0
    return atol(text) * unit >= 88


FRACTION = re.compile(r'\s*\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+|0[xX][0-9a-fA-F]+)')
POSITIVE = Form('a number greater than 0', starts(1))
NOT_NEGATIVE = Form('a number from 0 on', starts(0))
WHOLE = Form('a number of bytes, without a unit', matches(r'\s*\+?[0-9]{1,18}'))
BUFFER = Form('0, or a number of bytes from 512 on', zero_or(starts(512)))
TIME = Form('a time such as 5, 5s or 100ms', lambda text: lasting(text) is not None)
# md_duration_parse() knows days as well.
LASTING = Form('a duration such as 30d or 5min', matches(r'[+-]?[0-9]{1,18}(?:|[dhs].*|m[is].*)'))
NOT_ZERO = Form(LASTING.expected, matches(r'\+?0*[1-9][0-9]{0,17}(?:|[dhs].*|m[is].*)'))
WINDOW = Form(
    'a duration such as 30d, or a share such as 33%',
    matches(r'[+-]?[0-9]{1,18}(?:|[dhs].*|m[is].*)|[0-9]{1,2}%'),
)
# check_code() of mod_expires.c, which looks at the first letters of each word
EXPIRY = Form(
    'a time such as "access plus 1 month" or A3600',
    matches(
        r'[AM][0-9]*|"\s*[nam].*|\s*[nam]\S*(?:\s+p\S*)?(?:\s+[0-9]\S*\s+(?:y|mo|w|d|h|mi|s)\S*)*\s*',
    ),
)

NUMERIC: dict[str, tuple[Form, ...]] = {
    **of(Form('a number', matches('[0-9]+')), 'dbdexptime', 'dbdkeep', 'dbdmax', 'dbdmin'),
    **of(Form('a number', matches(r'\s*[+-]?[0-9]+')), 'ldaptimeout', 'proxyhtmlbufsize'),
    **of(Form('a number of seconds', whole()), 'authdigestnoncelifetime'),
    **of(Form('a number', matches(r'\s*[+-]?(?:[0-9]|\.[0-9]|inf|nan).*')),
         'cachelastmodifiedfactor'),
    **of(Form('a number greater than 0, as 2 or 1.5', _worker_factor), 'asyncrequestworkerfactor'),
    **of(Form(f'a number from 0 to {MOST_32}', whole(0, MOST_32)),
         'readbuffersize', 'flushmaxthreshold'),
    **of(Form('a number from -1 to 2147483647', whole(-1, 2**31 - 1)), 'flushmaxpipelined'),
    **of(Form(f'a number from 1024 to {MOST_32}', whole(1024, MOST_32)), 'cachesocachemaxsize'),
    **of(Form(f'random, or a number from 0 to {MOST_32}',
              also('random', lambda text: text.isdigit() and whole(0, MOST_32)(text))),
         'wsgipythonhashseed'),
    **of(Form('a number of at least 88, with k or m behind it', _shared_memory),
         'authdigestshmemsize'),
    **of(Form('a number of at least 1024', starts(1024)), 'h2streammaxmemsize', 'h2windowsize'),
    **of(BUFFER, 'receivebuffersize', 'sendbuffersize', 'proxyreceivebuffersize'),
    **of(Form(BUFFER.expected, zero_or(lambda text: atol(text) >= 512, atol)),
         'proxyiobuffersize'),
    **of(NOT_NEGATIVE, 'limitrequestfields', 'limitrequestfieldsize', 'limitrequestline',
         'sslproxyverifydepth', 'sslverifydepth', 'h2maxdataframelen', 'h2maxheaderblocklen',
         'h2maxstreamerrors', 'proxyhctpsize', 'sslsessioncachetimeout', 'sslrenegbuffersize',
         'sslstaplingresponsetimeskew', 'sslstaplingresponsemaxage',
         'sslstaplingstandardcachetimeout', 'sslstaplingerrorcachetimeout',
         'sslstaplingrespondertimeout', 'sslocspresponsetimeskew', 'sslocsprespondertimeout',
         'davmintimeout'),
    **of(Form(NOT_NEGATIVE.expected, _long(0)), 'limitxmlrequestbody', 'cachemaxfilesize',
         'cacheminfilesize', 'cachereadsize', 'cachereadtime', 'cachesocachereadsize',
         'cachesocachereadtime', 'cachesocachemaxtime', 'cachesocachemintime', 'authformsize',
         'maxmemfree', 'threadstacksize',
         'sessionexpiryupdateinterval'),
    **of(Form('0, or a number from 10 on', zero_or(starts(10))), 'heartbeatmaxservers'),
    **of(Form(TIME.expected, lambda text: (lasting(text) or 0) > 0),
         'watchdoginterval'),
    **of(POSITIVE, 'cachedirlength', 'cachedirlevels', 'deflatebuffersize',
         'deflateinflateratioburst', 'deflateinflateratiolimit', 'h2maxsessionstreams',
         'h2maxworkers', 'h2minworkers', 'ldapreferralhoplimit', 'limitinternalrecursion',
         'listenbacklog', 'listencoresbucketsratio', 'listentcpdeferaccept', 'mdretryfailover',
         'proxytimeout'),
    **of(Form(POSITIVE.expected, lambda text: atol(text) > 0), 'buffersize', 'cachelockmaxage'),
    **of(Form('none, default, unlimited or a number greater than 0',
              also('none', also('default', also('unlimited', starts(1))))),
         'maxrangeoverlaps', 'maxrangereversals', 'maxranges'),
    **of(_from_to(0, 11), 'brotlicompressionquality'),
    **of(_from_to(10, 24), 'brotlicompressionwindow'),
    **of(_from_to(16, 24), 'brotlicompressionmaxinputblock'),
    **of(_from_to(1, 15), 'deflatewindowsize'),
    **of(_from_to(1, 9), 'deflatecompressionlevel', 'deflatememlevel'),
    **of(_from_to(0, 8), 'h2padding'),
    **of(_from_to(0, 1000), 'balancergrowth'),
    **of(Form('0 or a power of 2', power_of_two), 'h2pushdiarysize'),
    **of(Form('a number, with b, k, m or g behind it', matches(r'\s*\+?[0-9]{1,18}[bkmg]?')),
         'substitutemaxlinelength'),
    **of(WHOLE, 'deflateinflatelimitrequestbody', 'keptbodysize', 'limitrequestbody'),
    **of(TIME, 'cgidscripttimeout', 'cgiscripttimeout', 'h2maxworkeridleseconds',
         'h2streamtimeout', 'keepalivetimeout', 'ldapretrydelay', 'memcacheconnttl',
         'redisconnpoolttl', 'redistimeout'),
    **of(Form(TIME.expected, matches(r'-[0-9]+.*|\s*\+?[0-9]{0,18}(?:|[hs].*|m[is].*)')),
         'ldapconnectionpoolttl'),
    **of(LASTING, 'mdactivationdelay'),
    **of(Form(LASTING.expected, matches(r'\+?[0-9]{1,18}(?:|[dhs].*|m[is].*)')), 'mdinitialdelay'),
    **of(NOT_ZERO, 'mdcheckinterval', 'mdretrydelay'),
    **of(WINDOW, 'mdrenewwindow', 'mdwarnwindow', 'mdstaplingrenewwindow'),
    **of(Form(WINDOW.expected, matches(r'[+-]?[0-9]{1,18}(?:|%|[dhs].*|m[is].*)')),
         'mdstaplingkeepresponse'),
    **of(EXPIRY, 'expiresdefault'),
    'expiresbytype': (
        Form('a type such as text/html', lambda text: '/' in text),
        EXPIRY._replace(position=1),
    ),
    # set_cookie_exp() of mod_usertrack.c
    **of(Form('a number of seconds, or a time such as "2 weeks"', matches(
        r'[0-9](?:.*[0-9])?|\s*(?:plus\s+)?(?:[0-9]\S*\s+(?:y|mo|w|d|h|mi|s)\S*(?:\s+|\Z))+')),
         'cookieexpires'),
}  # fmt: skip
