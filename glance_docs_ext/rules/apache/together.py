"""CHECKS: what Apache says of words that are right alone, and not beside others."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.expressions import condition
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.numbers import atoi
from glance_docs_ext.rules.apache.values import COMMENT, Fault, closing_comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glance_docs_ext.syntax import Statement

# What the modules of the server register: ap_mutex_register().
MUTEXES = frozenset(
    (
        *('default', 'authdigest-client', 'authn-socache', 'cache-socache', 'ldap-cache'),
        *('lua-ivm-shm', 'proxy', 'proxy-balancer-shm', 'rewrite-map', 'ssl-cache'),
        *('ssl-stapling', 'ssl-stapling-refresh', 'watchdog-callback'),
    )
)
FOR_CONNECTIONS = frozenset({'server', 'vhost'})


def _keys(statement: Statement) -> Iterator[Fault]:
    """``md_config_set_pkeys()`` of mod_md_config.c: "'Default' allows no other parameter"."""
    words = statement.arguments
    for word in words if len(words) > 1 else ():
        if word.text.lower() == 'default':
            yield Fault(word.span, 'beside "Default" there are no other keys', 'write one of both')
            return
    for word, after in zip(words, (*words[1:], None), strict=True):
        kind = word.text[:3].lower()
        bits = word.text[3:] or (after.text if after else '')
        if kind == 'rsa' and bits.isdigit() and atoi(bits) < 2048:
            yield Fault(
                word.span, f'a key of {shortened(bits)} bits is not safe', 'write 2048 or more'
            )
            return


EXCLUDE = (
    ('strict', 'unsafe'), ('registeredmethods', 'lenientmethods'), ('allow0.9', 'require1.0'),
)  # fmt: skip


def _protocol(statement: Statement) -> Iterator[Fault]:
    """``set_http_protocol_options()`` of server/core.c: "are mutually exclusive"."""
    said = {word.text.lower(): word for word in statement.arguments}
    for one, other in EXCLUDE:
        if one in said and other in said:
            what = f'{said[one].text} and {said[other].text} exclude each other'
            yield Fault(said[other].span, what, 'write one of both')
            return


def _entity_tag(statement: Statement) -> Iterator[Fault]:
    """``set_etag_bits()`` of server/core.c: "cannot be used with '+' or '-'"."""
    for word in statement.arguments:
        if word.text[:1] in {'+', '-'} and word.text[1:].lower() in {'all', 'none'}:
            what = f'{word.text[1:]} is not added or taken away'
            yield Fault(word.span, what, f'write {word.text[1:]} alone')
            return


def _priority(statement: Statement) -> Iterator[Fault]:
    """``h2_conf_add_push_priority()`` of h2_config.c: a weight alone has no word before it."""
    words = statement.arguments
    if len(words) != 3:
        return
    if words[1].text[0].isdigit():
        what = 'a weight stands alone, or behind after or interleaved'
        yield Fault(words[1].span, what, 'write after before the weight')
    elif words[1].text.lower() == 'before':
        yield Fault(words[2].span, 'there is no weight behind before', 'take it away')
    elif atoi(words[2].text) < 1:
        what = f'{shortened(words[2].text)!r} is no weight'
        yield Fault(words[2].span, what, 'write a number from 1 to 256')


def _ciphers(statement: Statement) -> Iterator[Fault]:
    """``ssl_cmd_SSLCipherSuite()`` of ssl_engine_config.c: those of TLSv1.3 are for connections."""
    words, here = statement.arguments, statement.contexts
    if len(words) == 2 and words[0].text == 'TLSv1.3' and here and not here & FOR_CONNECTIONS:
        what = 'the ciphers of TLSv1.3 are chosen before there is a request'
        yield Fault(words[0].span, what, 'write it outside of this section')


def _health_check(statement: Statement) -> Iterator[Fault]:
    """``set_hc_condition()`` of mod_proxy_hcheck.c: "extra parameter(s)"."""
    words = statement.arguments
    if len(words) < 3 or words[1].text.startswith('{'):
        return  # in braces an expression may have blanks in it
    if condition(words[1].text).fault is None:
        remedy = COMMENT if closing_comment(words[2]) else 'quote the expression as a whole'
        yield Fault(words[2].span, 'the expression ends before this', remedy)


def _seed(statement: Statement) -> Iterator[Fault]:
    """``ssl_cmd_SSLRandomSeed()`` of ssl_engine_config.c: what is built in has its own size."""
    words = statement.arguments
    if len(words) == 3 and words[1].text.lower() == 'builtin':
        yield Fault(words[2].span, 'the builtin source takes no number of bytes', 'take it away')


def _mutexes(statement: Statement) -> Iterator[Fault]:
    """``ap_set_mutex()`` of server/util_mutex.c: "None is not allowed for mutex type".

    Modules of others may have mutexes of their own.
    """
    kind, *names = statement.arguments or [statement.name]
    for word in names:
        meant = get_close_matches(word.text.lower(), MUTEXES, 1, 0.8)
        if meant and word.text not in MUTEXES and word.text.lower() != 'omitpid':
            what = f'there is no mutex {shortened(word.text)!r}'
            yield Fault(word.span, what, f'write {meant[0]}')
            return
    named = {word.text for word in names if word.text.lower() != 'omitpid'} or {'default'}
    if kind.text.lower() in {'none', 'no'} and named & MUTEXES:
        yield Fault(kind.span, 'this mutex may not be left out', 'write default')


def _overrides(statement: Statement) -> Iterator[Fault]:
    """``set_override_list()`` of server/core.c: "'None' not allowed with other directives"."""
    words = statement.arguments
    for word in words if len(words) > 1 else ():
        if word.text.lower() == 'none':
            yield Fault(word.span, 'beside None there is no other name', 'write one of both')
            return


def _processes(statement: Statement) -> Iterator[Fault]:
    """``wsgi_add_daemon_process()``: "Only one of script-user and script-group allowed"."""
    words = statement.arguments
    scripts = [word for word in words if word.text.startswith(('script-user=', 'script-group='))]
    if len({word.text.partition('=')[0] for word in scripts}) > 1:
        yield Fault(scripts[1].span, 'script-user and script-group exclude each other', 'drop one')


def _error_statuses(statement: Statement) -> Iterator[Fault]:
    """``set_proxy_error_override()`` of mod_proxy.c: "status codes must follow a value of 'on'"."""
    words = statement.arguments
    if len(words) > 1 and words[0].text.lower() == 'off':
        yield Fault(words[1].span, 'statuses stand behind On only', 'write On, or take them away')


CHECKS: dict[str, Callable[[Statement], Iterator[Fault]]] = {
    'allowoverridelist': _overrides,
    'mutex': _mutexes,
    'wsgidaemonprocess': _processes,
    'fileetag': _entity_tag,
    'httpprotocoloptions': _protocol,
    'h2pushpriority': _priority,
    'mdprivatekeys': _keys,
    'proxyerroroverride': _error_statuses,
    'proxyhcexpr': _health_check,
    'sslciphersuite': _ciphers,
    'sslrandomseed': _seed,
}
