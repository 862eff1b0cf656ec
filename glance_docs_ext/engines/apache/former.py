"""The directives of Apache before 2.4 that are gone, and what to do instead."""

from __future__ import annotations

from typing import Final

REQUIREMENTS: Final = 'take it away: <RequireAll> and <RequireAny> say how requirements combine'
PASSWORDS: Final = 'take it away: AuthBasicProvider names who is asked, one behind the other'
REMEDIES: Final = {
    **dict.fromkeys(
        ('acceptmutex', 'lockfile', 'rewritelock', 'sslmutex', 'sslstaplingmutex'), 'write Mutex'
    ),
    **dict.fromkeys(('rewritelog', 'rewriteloglevel'), 'write LogLevel alert rewrite:trace3'),
    **dict.fromkeys(
        (
            *('authzdbdauthoritative', 'authzdbmauthoritative', 'authzdefaultauthoritative'),
            *('authzgroupfileauthoritative', 'authzldapauthoritative'),
            *('authzownerauthoritative', 'authzuserauthoritative'),
        ),
        REQUIREMENTS,
    ),
    **dict.fromkeys(
        (
            *('anonymous_authoritative', 'authauthoritative', 'authdbmauthoritative'),
            *('authdefaultauthoritative', 'authldapauthoritative', 'authldapenabled'),
        ),
        PASSWORDS,
    ),
    **dict.fromkeys(('agentlog', 'cookielog', 'refererlog'), 'write CustomLog'),
    **dict.fromkeys(
        (
            *('cachesize', 'mcachemaxobjectcount', 'mcachemaxobjectsize', 'mcacheminobjectsize'),
            *('mcacheremovalalgorithm', 'mcachesize', 'mcachemaxstreamingbuffer'),
        ),
        'take it away, and write CacheEnable disk or CacheEnable socache',
    ),
    **dict.fromkeys(('accessconfig', 'resourceconfig'), 'write Include'),
    **dict.fromkeys(('clearmodulelist', 'servertype'), 'take it away'),
    'addmodule': 'write LoadModule',
    'authdigestfile': 'write AuthUserFile',
    'authdigestgroupfile': 'write AuthGroupFile',
    'bindaddress': 'write Listen',
}


def remedy(key: str) -> str:
    """Return what to do about a directive that Apache 2.4 has no more, '' for any other."""
    return f'Apache 2.4 has it no more: {REMEDIES[key]}' if key in REMEDIES else ''
