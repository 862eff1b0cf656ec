"""The forms of the values that directives of Apache take: numbers, times, sizes and others.

Each pattern is what the engine lets pass, which is more than its manual says: most directives look
at the start of a value only. All were tried with 30 values in Apache 2.4.71.
"""

from __future__ import annotations

import re

ANY_CASE = re.IGNORECASE | re.DOTALL

# atoi() > 0: what follows the digits is not looked at. Beyond 2**31 the engine wraps round.
POSITIVE = ('a number greater than 0', re.compile(r'\s*\+?0*[1-9].*', re.DOTALL))
WHOLE = ('a number of bytes, without a unit', re.compile(r'\+?[0-9]+'))
DIGITS = ('a number', re.compile(r'[0-9]+'))
INTEGER = ('a number', re.compile(r'[+-]?[0-9]+'))
# ap_timeout_parameter_parse() of server/util.c: digits may be missing, and a unit is known by its
# first letters.
TIME = (
    'a time such as 5, 5s or 100ms',
    re.compile(r'\+?[0-9]*(?:|[hs].*|m[is].*)', ANY_CASE),
)
SIGNED_TIME = (TIME[0], re.compile(rf'-[0-9]+.*|{TIME[1].pattern}', ANY_CASE))
RANGES = (
    'none, default, unlimited or a number greater than 0',
    re.compile(r'none|default|unlimited|\s*\+?0*[1-9].*', ANY_CASE),
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

NOT_NEGATIVE = ('a number from 0 on', re.compile(r'(?!\s*-0*[1-9]).*', re.DOTALL))
BUFFER = (
    '0, or a number of bytes from 512 on',
    re.compile(
        r'(?!\s*-0*[1-9]|\s*\+?0*(?:[1-9][0-9]?|[1-4][0-9]{2}|50[0-9]|51[01])(?![0-9])).*',
        re.DOTALL,
    ),
)
MUTEX = (
    'default, none, file:/path, fcntl:/path, flock:/path, pthread, posixsem, sysvsem or sem',
    re.compile(
        r'(?:default|none|file|fcntl|flock|pthread|posixsem|sysvsem|sem|yes|no)(?::.*)?',
        ANY_CASE,
    ),
)
CACHES = r'(?:shmcb|dbm|memcache|redis|default)'
SESSIONS = (
    'none, or a cache and its place, as shmcb:/run/ssl_scache(512000)',
    re.compile(rf'none|nonenotnull|{CACHES}(?::.*)?', ANY_CASE),
)
STAPLING = (
    'a cache and its place, as shmcb:/run/stapling(128000)',
    re.compile(rf'{CACHES}(?::.*)?', ANY_CASE),
)
SEED = ('startup or connect', re.compile('startup|connect', re.IGNORECASE))
DIALOG = (
    'builtin, exec:/path or |/path',
    re.compile(r'builtin|exec:.*|\|.*', ANY_CASE),
)
ROOTED = ('a path that starts with "/"', re.compile(r'/.*', re.DOTALL))
# check_code() of mod_expires.c, which looks at the first letters of each word
EXPIRY = (
    'a time such as "access plus 1 month" or A3600',
    re.compile(
        r'[AM][0-9]*|\s*[nam]\S*(?:\s+p\S*)?(?:\s+[0-9]\S*\s+(?:y|mo|w|d|h|mi|s)\S*)*\s*',
        re.IGNORECASE,
    ),
)
LDAP = (
    'an address such as ldap://host/base?uid',
    re.compile(r'ldap[si]?://.*', ANY_CASE),
)
DOMAIN = ('a domain that starts with a dot', re.compile(r'\..*', re.DOTALL))

FLOAT = ('a number', re.compile(r'\s*[+-]?(?:[0-9]|\.[0-9]|inf|nan).*', ANY_CASE))
FROM = ('from', re.compile('from', re.IGNORECASE))
SUBSTITUTION = ('a pattern such as s/old/new/', re.compile(r's(.).*\1.*', ANY_CASE))
STARTS_WITH_DIGIT = ('a duration such as 5s', re.compile(r'\s*\+?[0-9].*', re.DOTALL))
REDIRECTION = (
    'on, off, permanent, temp, seeother or a status from 300 to 399',
    re.compile('on|off|permanent|temp|seeother|0*3[0-9]{2}', re.IGNORECASE),
)
URI_VARIABLE = ('REQUEST_URI', re.compile('REQUEST_URI'))
GROUP = (
    'application-group=NAME or process-group=NAME',
    re.compile('(?:application|process)-group=.*', re.DOTALL),
)
PRIORITY = ('after, before or interleaved', re.compile('after|before|interleaved', re.IGNORECASE))

Form = tuple[int, str, re.Pattern[str]]


def _first(form: tuple[str, re.Pattern[str]], *keys: str) -> dict[str, Form]:
    """Return the entries of directives whose first argument has this form."""
    return dict.fromkeys(keys, (0, *form))


# Which argument (from 0), its form in words, and as a pattern.
FORMS: dict[str, Form] = {
    **_first(BIG, 'h2streammaxmemsize', 'h2windowsize'),
    **_first(BUFFER, 'receivebuffersize', 'sendbuffersize'),
    **_first(DIALOG, 'sslpassphrasedialog'),
    **_first(DIGITS, 'dbdexptime', 'dbdkeep', 'dbdmax', 'dbdmin'),
    **_first(EXPIRY, 'expiresdefault'),
    **_first(INTEGER, 'ldaptimeout', 'proxyhtmlbufsize'),
    **_first(LDAP, 'authldapurl'),
    **_first(LENGTH, 'substitutemaxlinelength'),
    **_first(MUTEX, 'mutex'),
    **_first(
        NOT_NEGATIVE,
        'limitrequestfields',
        'limitrequestfieldsize',
        'limitrequestline',
        'limitxmlrequestbody',
        'sslproxyverifydepth',
        'sslverifydepth',
    ),
    **_first(
        POSITIVE,
        'buffersize',
        'cachedirlength',
        'cachedirlevels',
        'cachelockmaxage',
        'deflatebuffersize',
        'deflateinflateratioburst',
        'deflateinflateratiolimit',
        'h2maxsessionstreams',
        'h2maxworkers',
        'h2minworkers',
        'ldapreferralhoplimit',
        'limitinternalrecursion',
        'listenbacklog',
        'listencoresbucketsratio',
        'listentcpdeferaccept',
        'mdretryfailover',
        'proxytimeout',
    ),
    **_first(DOMAIN, 'cookiedomain', 'proxydomain'),
    **_first(RANGES, 'maxrangeoverlaps', 'maxrangereversals', 'maxranges'),
    **_first(RANGE_10_24, 'brotlicompressionwindow'),
    **_first(RANGE_16_24, 'brotlicompressionmaxinputblock'),
    **_first(RANGE_1_15, 'deflatewindowsize'),
    **_first(RANGE_1_9, 'deflatecompressionlevel', 'deflatememlevel'),
    **_first(ROOTED, 'rewritebase'),
    **_first(SEED, 'sslrandomseed'),
    **_first(SESSIONS, 'sslsessioncache'),
    **_first(STAPLING, 'sslstaplingcache'),
    **_first(
        TIME,
        'cgidscripttimeout',
        'cgiscripttimeout',
        'h2maxworkeridleseconds',
        'h2streamtimeout',
        'keepalivetimeout',
        'ldapretrydelay',
        'memcacheconnttl',
        'redisconnpoolttl',
        'redistimeout',
    ),
    **_first(
        WHOLE,
        *('deflateinflatelimitrequestbody', 'keptbodysize', 'limitrequestbody'),
    ),
    **_first(SIGNED_TIME, 'ldapconnectionpoolttl'),
    **_first(FLOAT, 'cachelastmodifiedfactor'),
    **_first(FROM, 'allow', 'deny'),
    **_first(REDIRECTION, 'directoryindexredirect'),
    **_first(STARTS_WITH_DIGIT, 'mdinitialdelay'),
    **_first(SUBSTITUTION, 'substitute'),
    **_first(URI_VARIABLE, 'cgivar'),
    **dict.fromkeys(
        ('wsgiaccessscript', 'wsgiauthgroupscript', 'wsgiauthuserscript', 'wsgidispatchscript'),
        (1, *GROUP),
    ),
    'action': (2, 'virtual', re.compile('virtual', re.IGNORECASE)),
    'h2pushpriority': (1, *PRIORITY),
    'logmessage': (1, 'hook=NAME or expr=EXPRESSION', re.compile('(?:hook|expr)=.*', ANY_CASE)),
    'proxyhctemplate': (1, 'parameters such as hcmethod=GET', re.compile('[^=]+=.*', re.DOTALL)),
    'expiresbytype': (1, *EXPIRY),
    'indexorderdefault': (
        1,
        'Name, Date, Size or Description',
        re.compile('name|date|size|description', re.IGNORECASE),
    ),
}
