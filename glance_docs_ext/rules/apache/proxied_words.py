"""What the words behind ProxyPass and BalancerMember are: an address, and its parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.proxy_parameters import METHOD, address_fault, parameter_fault
from glance_docs_ext.rules.apache.values import COMMENT, Fault, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Statement, Word

BALANCER = re.compile('[^:]*://.', re.DOTALL)  # ap_proxy_define_balancer() of proxy_util.c
WORDS = frozenset({'nocanon', 'interpolate', 'noquery'})


def member_faults(statement: Statement, *, outside: bool) -> Iterator[Fault]:
    """Yield what is wrong with a member of a balancer: each word with a "=" is a parameter.

    ``outside``: whether no ``<Proxy>`` can be around a line at the top of a fragment.
    """
    words = [word for word in statement.arguments if '=' not in word.text]
    parameters = tuple(word for word in statement.arguments if '=' in word.text)
    inside = statement.contexts == frozenset({'proxy'})
    if len(words) == 1 and (outside or (statement.contexts and 'proxy' not in statement.contexts)):
        yield Fault(words[0].span, 'the balancer is missing', 'write balancer://NAME before it')
    elif not words:
        yield Fault(statement.name.span, 'the address is missing', 'write http://HOST:PORT')
    elif len(words) > (1 if inside else 2):
        yield from parameter_faults(statement, words[0].text, tuple(words[1 if inside else 2 :]))
    elif len(words) == 2 and not BALANCER.match(words[0].text):
        what = f'{shortened(words[0].text)!r} is no name of a balancer'
        yield Fault(words[0].span, what, 'write balancer://NAME')
    else:
        yield from address_faults(words[-1])
    yield from parameter_faults(statement, '', parameters)


def address_faults(word: Word) -> tuple[Fault, ...]:
    """Return what is wrong with the address."""
    wrong = address_fault(word.text)
    if not wrong:
        return ()
    return (Fault(word.span, wrong, 'write scheme, host and port, as http://127.0.0.1:60999/'),)


def parameter_faults(
    statement: Statement, address: str, words: tuple[Word, ...]
) -> Iterator[Fault]:
    """Yield the first thing that is wrong with the words behind the address."""
    for word in words:
        key, equals, value = word.text.partition('=')
        if not equals and key.lower() in WORDS and statement.key != 'balancermember':
            continue
        if not equals:
            what = f'{shortened(word.text)!r} has not the form key=value'
            remedy = (
                COMMENT if closing_comment(word) else 'write key=value, with no blank around "="'
            )
            yield Fault(word.span, what, remedy)
            return
        found = parameter_fault(address.lower().startswith('balancer:'), key, value)
        if found:
            yield Fault(
                word.span, found, 'look it up in the manual of ProxyPass', key.lower() == METHOD
            )
            return
