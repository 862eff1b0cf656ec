"""The addresses and parameters of ProxyPass: which there are, and which values they take.

From ``set_worker_param()`` and ``set_balancer_param()`` of modules/proxy/mod_proxy.c, each tried
with Apache 2.4.71. A name is compared without regard to case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.remembered import remembered
from glance_docs_ext.rules.apache.numbers import atof, atoi, atol, lasting, matches, starts, zero_or

if TYPE_CHECKING:
    from glance_docs_ext.rules.apache.numbers import Test

# What stands before the last "@" is a user. A balancer is a name, and no host is looked for.
URL = re.compile(r'[a-z0-9+.-]+://(?:[^/?#]*@)?([^/?#]*)', re.IGNORECASE)
WITHOUT_HOST = re.compile(r'balancer://.|unix:[^|]*\|[a-z0-9+.-]+:', re.IGNORECASE)
PORT = re.compile(r'(?:\[[^]]*\]|[^:\[]*):(.*)', re.DOTALL)
NUMBER = re.compile(r'(?:\s*[+-]?[0-9]+)?\Z|.*\$', re.DOTALL)  # strtol(), of the whole

MILLISECOND = 1000  # microseconds
SWITCH = matches('on|off')
NOT_NEGATIVE = starts(0)  # atoi(): a word counts as 0
POSITIVE = starts(1)
BUFFER = zero_or(starts(512))


def _at_least(microseconds: int, unit: str) -> Test:
    """Return a test: a time of no less; ``unit`` is what a bare number counts."""
    return lambda text: (lasting(text, unit) or 0) >= microseconds


def _shorter(length: int) -> Test:
    """Return a test: fewer bytes than ``length``."""
    return lambda text: len(text.encode(errors='surrogatepass')) < length


def _anything(_text: str) -> bool:
    return True


def _time_to_live(text: str) -> bool:
    """-1, or whole seconds: fractions are none."""
    time = lasting(text)
    return text == '-1' or (time is not None and time % 1_000_000 == 0 and time < 2**31 * 1_000_000)


def _statuses(text: str) -> bool:
    """Whether all words of a list, if there are any, start with a status, as atoi() reads it."""
    return all(100 <= atoi(word) <= 599 for word in re.split('[, ]+', text) if word)


WORKER: dict[str, Test] = {
    'acquire': _at_least(MILLISECOND, 'ms'),
    'addressttl': _time_to_live,
    'connectiontimeout': _at_least(MILLISECOND, 's'),
    'disablereuse': SWITCH,
    'enablereuse': SWITCH,
    'flushpackets': matches('on|off|auto'),
    'flushwait': starts(0, 1000),
    'hcexpr': _anything,
    'hcfails': NOT_NEGATIVE,
    'hcinterval': _at_least(100 * MILLISECOND, 's'),
    'hcmethod': matches('none|tcp|cping|(?:options|head|get)(?:11)?'),
    'hcpasses': NOT_NEGATIVE,
    'hctemplate': _anything,
    'hcuri': _shorter(64),
    'iobuffersize': zero_or(lambda text: atol(text) >= 512, atol),
    'keepalive': SWITCH,
    'lbset': starts(0, 99),
    'loadfactor': lambda text: 100 <= min(atof(text), 1000) * 100 < 10001,
    'mapping': matches('servlet|decoded|encoded'),
    'max': NOT_NEGATIVE,
    'min': NOT_NEGATIVE,
    'ping': _at_least(MILLISECOND, 's'),
    'receivebuffersize': BUFFER,
    'redirect': _shorter(64),
    'responsefieldsize': NOT_NEGATIVE,
    'retry': NOT_NEGATIVE,
    'route': _shorter(64),
    'secret': _shorter(64),
    'smax': NOT_NEGATIVE,
    'status': matches('(?:[-+]?[IHEDSRNFC])*'),
    'timeout': POSITIVE,
    'ttl': POSITIVE,
    'upgrade': _shorter(16),
}
METHOD = 'lbmethod'
"""Modules bring their own: ``cluster`` is of mod_proxy_cluster."""
BALANCER: dict[str, Test] = {
    'failonstatus': _statuses,
    'failontimeout': SWITCH,
    'forcerecovery': SWITCH,
    'growth': starts(1, 100),
    METHOD: frozenset(('byrequests', 'bytraffic', 'bybusyness', 'heartbeat')).__contains__,
    'maxattempts': NOT_NEGATIVE,
    'nofailover': SWITCH,
    'nonce': _shorter(37),
    'scolonpathdelim': SWITCH,
    'stickysession': _anything,
    'stickysessionsep': lambda text: (
        text.lower() == 'off' or len(text.encode(errors='surrogatepass')) == 1
    ),
    'timeout': POSITIVE,
}


def parameter_fault(balancer: bool, key: str, value: str) -> str | None:
    """Return what is wrong with ``key=value``, for a balancer or for a single server."""
    known = BALANCER if balancer else WORKER
    takes = known.get(key.lower())
    if takes is None:
        kind = 'a balancer' if balancer else 'a single server'
        return f'{key[:40]!r} is no parameter of {kind}'
    return None if takes(value) else f'{key} does not take {value[:40]!r}'


def is_address(text: str) -> bool:
    """Whether ``text`` is meant as the target of a proxy."""
    return text == '!' or '://' in text or text.lower().startswith('unix:')


@remembered(512)  # several directives name the same address
def address_fault(text: str) -> str | None:
    """Return what is wrong with the target of a proxy, as ``apr_uri_parse()`` takes it apart."""
    if WITHOUT_HOST.match(text):
        return None
    url = URL.match(text)
    if url and url[1].startswith('[') and ']' not in url[1]:
        return f'the "[" of {text[:60]!r} is not closed'
    if url is None or url[1].startswith('[]') or url[1][:1] in {'', ':'}:
        return f'{text[:60]!r} is no absolute address'
    port = PORT.fullmatch(url[1])
    if port and port[1] and not NUMBER.match(port[1]):
        return f'{port[1][:40]!r} is no port'
    return None
