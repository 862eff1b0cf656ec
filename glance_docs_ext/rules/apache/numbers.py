"""The numbers that directives of Apache take.

Each pattern is what the engine lets pass, which is more than its manual says: most directives look
at the start of a value only. All were tried with 30 values in Apache 2.4.71.
"""

from __future__ import annotations

import re

# atoi() > 0: what follows the digits is not looked at. Beyond 2**31 the engine wraps round.
POSITIVE = ('a number greater than 0', re.compile(r'\s*\+?0*[1-9].*', re.DOTALL))
WHOLE = ('a number of bytes, without a unit', re.compile(r'\+?[0-9]+'))
DIGITS = ('a number', re.compile(r'[0-9]+'))
INTEGER = ('a number', re.compile(r'[+-]?[0-9]+'))
# ap_timeout_parameter_parse() of server/util.c: digits may be missing, and a unit is known by its
# first letters.
TIME = (
    'a time such as 5, 5s or 100ms',
    re.compile(r'[+-]?[0-9]*(?:|[hs].*|m[is].*)', re.IGNORECASE | re.DOTALL),
)
RANGES = (
    'none, default, unlimited or a number greater than 0',
    re.compile(r'none|default|unlimited|\s*\+?0*[1-9].*', re.IGNORECASE | re.DOTALL),
)
BIG = ('a number of at least 1024', re.compile(r'\+?(?:[0-9]*[1-9][0-9]{3,}).*', re.DOTALL))
RANGE_1_9 = ('a number from 1 to 9', re.compile(r'\s*\+?0*[1-9](?:[^0-9].*)?', re.DOTALL))
RANGE_1_15 = (
    'a number from 1 to 15',
    re.compile(r'\s*\+?0*(?:[1-9]|1[0-5])(?:[^0-9].*)?', re.DOTALL),
)
RANGE_10_24 = (
    'a number from 10 to 24',
    re.compile(r'\s*\+?0*(?:1[0-9]|2[0-4])(?:[^0-9].*)?', re.DOTALL),
)
RANGE_16_24 = (
    'a number from 16 to 24',
    re.compile(r'\s*\+?0*(?:1[6-9]|2[0-4])(?:[^0-9].*)?', re.DOTALL),
)
LENGTH = (
    'a number, with b, k, m or g behind it',
    re.compile(r'\+?[0-9]+[bkmg]?', re.IGNORECASE),
)

NUMBERS: dict[str, tuple[str, re.Pattern[str]]] = {
    'brotlicompressionmaxinputblock': RANGE_16_24,
    'brotlicompressionwindow': RANGE_10_24,
    'buffersize': POSITIVE,
    'cachedirlength': POSITIVE,
    'cachedirlevels': POSITIVE,
    'cachelockmaxage': POSITIVE,
    'cgidscripttimeout': TIME,
    'cgiscripttimeout': TIME,
    'dbdexptime': DIGITS,
    'dbdkeep': DIGITS,
    'dbdmax': DIGITS,
    'dbdmin': DIGITS,
    'deflatebuffersize': POSITIVE,
    'deflatecompressionlevel': RANGE_1_9,
    'deflateinflatelimitrequestbody': WHOLE,
    'deflateinflateratioburst': POSITIVE,
    'deflateinflateratiolimit': POSITIVE,
    'deflatememlevel': RANGE_1_9,
    'deflatewindowsize': RANGE_1_15,
    'h2maxsessionstreams': POSITIVE,
    'h2maxworkeridleseconds': TIME,
    'h2maxworkers': POSITIVE,
    'h2minworkers': POSITIVE,
    'h2streammaxmemsize': BIG,
    'h2streamtimeout': TIME,
    'h2windowsize': BIG,
    'keepalivetimeout': TIME,
    'keptbodysize': WHOLE,
    'ldapconnectionpoolttl': TIME,
    'ldapreferralhoplimit': POSITIVE,
    'ldapretrydelay': TIME,
    'ldaptimeout': INTEGER,
    'limitinternalrecursion': POSITIVE,
    'limitrequestbody': WHOLE,
    'listenbacklog': POSITIVE,
    'listencoresbucketsratio': POSITIVE,
    'listentcpdeferaccept': POSITIVE,
    'maxrangeoverlaps': RANGES,
    'maxrangereversals': RANGES,
    'maxranges': RANGES,
    'mdretryfailover': POSITIVE,
    'memcacheconnttl': TIME,
    'proxyhtmlbufsize': INTEGER,
    'proxytimeout': POSITIVE,
    'redisconnpoolttl': TIME,
    'redistimeout': TIME,
    'substitutemaxlinelength': LENGTH,
}
