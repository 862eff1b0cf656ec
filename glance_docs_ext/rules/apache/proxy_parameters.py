"""The addresses and parameters of ProxyPass: which there are, and which values they take.

From ``set_worker_param()`` and ``set_balancer_param()`` of modules/proxy/mod_proxy.c, each tried
with Apache 2.4.71. A name is compared without regard to case.
"""

from __future__ import annotations

import re

ANY = re.compile(r'.*', re.DOTALL)
SHORT = re.compile('.{0,63}', re.DOTALL)
SWITCH = re.compile(r'on|off', re.IGNORECASE)
NOT_NEGATIVE = re.compile(r'(?!\s*-0*[1-9]).*', re.DOTALL)  # atoi(): a word counts as 0
POSITIVE = re.compile(r'\s*\+?0*[1-9].*', re.DOTALL)
TIME = re.compile(r'[+-]?[0-9]*(?:|[hs].*|m[is].*)', re.IGNORECASE | re.DOTALL)
BUFFER = re.compile(
    r'0*(?:[^0-9-].*)?|0*(?:51[2-9]|5[2-9][0-9]|[6-9][0-9]{2}|[1-9][0-9]{3,}).*', re.DOTALL
)

# Of mod_proxy_hcheck: set_worker_hc_param().
INTERVAL = re.compile(  # 100 milliseconds or more
    r'\+?0*(?:[1-9][0-9]*(?:|[hs].*|mi.*)|[1-9][0-9]{2,}ms.*)', re.IGNORECASE | re.DOTALL
)
METHOD = re.compile(r'none|tcp|cping|(?:options|head|get)(?:11)?', re.IGNORECASE)

# apr_uri_parse(): what stands before the last "@" is a user, and a host there must be.
HOST = re.compile(r'[a-z0-9+.-]+://(?:[^/?#]*@)?(?!\[\])([^/?#:]?)', re.IGNORECASE)
WITHOUT_HOST = re.compile(r'balancer://.|unix:[^|]*\|[a-z0-9+.-]+:', re.IGNORECASE)
PORT = re.compile(
    r'[a-z0-9+.-]+://(?:[^/@]*@)?(?:\[[^]/]*\]|(?!\[[^]/]*\])[^:/]*)(:[^/]*)?(?:/|\Z)',
    re.IGNORECASE,
)

WORKER = {
    'acquire': TIME,
    'addressttl': re.compile(r'-1|[0-9]+'),
    'connectiontimeout': TIME,
    'disablereuse': SWITCH,
    'enablereuse': SWITCH,
    'flushpackets': re.compile(r'on|off|auto', re.IGNORECASE),
    'flushwait': re.compile(r'(?!\s*-0*[1-9])\s*\+?0*(?:1000|[0-9]{0,3})(?![0-9]).*', re.DOTALL),
    'hcexpr': ANY,
    'hcfails': NOT_NEGATIVE,
    'hcinterval': INTERVAL,
    'hcmethod': METHOD,
    'hcpasses': NOT_NEGATIVE,
    'hctemplate': ANY,
    'hcuri': ANY,
    'iobuffersize': BUFFER,
    'keepalive': SWITCH,
    'lbset': re.compile(r'0*[0-9]{0,2}(?:[^0-9-].*)?', re.DOTALL),
    'loadfactor': re.compile(r'0*(?:100(?:\.0*)?|[1-9][0-9]?)(?:[^0-9].*)?', re.DOTALL),
    'mapping': re.compile(r'servlet|decoded|encoded', re.IGNORECASE),
    'max': NOT_NEGATIVE,
    'min': NOT_NEGATIVE,
    'ping': TIME,
    'receivebuffersize': BUFFER,
    'redirect': SHORT,
    'responsefieldsize': NOT_NEGATIVE,
    'retry': NOT_NEGATIVE,
    'route': SHORT,
    'secret': SHORT,
    'smax': NOT_NEGATIVE,
    'status': re.compile(r'(?:[-+]?[IiHhEeDdSsRrNnFfCc])*'),
    'timeout': POSITIVE,
    'ttl': POSITIVE,
    'upgrade': re.compile('.{0,15}', re.DOTALL),
}
BALANCER = {
    # Each begins with a status, ap_is_HTTP_VALID_RESPONSE(); what follows it is not looked at.
    'failonstatus': re.compile(r'[, ]*(?:\+?0*[1-5][0-9]{2}(?:[^0-9, ][^, ]*)?(?:[, ]+|\Z))*'),
    'failontimeout': SWITCH,
    'forcerecovery': SWITCH,
    'growth': re.compile(r'0*(?:100|[1-9][0-9]?)(?:[^0-9].*)?', re.DOTALL),
    'lbmethod': re.compile(r'byrequests|bytraffic|bybusyness|heartbeat'),
    'maxattempts': NOT_NEGATIVE,
    'nofailover': SWITCH,
    'nonce': re.compile('.{0,36}', re.DOTALL),
    'scolonpathdelim': SWITCH,
    'stickysession': ANY,
    'stickysessionsep': re.compile('off|.', re.IGNORECASE | re.DOTALL),
    'timeout': POSITIVE,
}


def parameter_fault(balancer: bool, key: str, value: str) -> str | None:
    """Return what is wrong with ``key=value``, for a balancer or for a single server."""
    known = BALANCER if balancer else WORKER
    pattern = known.get(key.lower())
    if pattern is None:
        kind = 'a balancer' if balancer else 'a single server'
        return f'{key[:40]!r} is no parameter of {kind}'
    return None if pattern.fullmatch(value) else f'{key} does not take {value[:40]!r}'


def is_address(text: str) -> bool:
    """Whether ``text`` is meant as the target of a proxy."""
    return text == '!' or '://' in text or text.lower().startswith('unix:')


def address_fault(text: str) -> str | None:
    """Return what is wrong with the target of a proxy."""
    host = HOST.match(text)
    if not (host and host[1]) and not WITHOUT_HOST.match(text):
        return f'{text[:60]!r} is no absolute address'
    port = PORT.match(text)
    if port and port[1] and not re.match(r':(?:\s*[-+]?[0-9]+)?\Z|.*\$', port[1]):
        return f'{port[1][1:40]!r} is no port'
    return None
