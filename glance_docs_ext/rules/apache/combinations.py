"""CHECKS: what is wrong with words that are right alone, by the name of their directive."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.expressions import condition
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.expression_places import in_braces
from glance_docs_ext.rules.apache.numbers import atoi
from glance_docs_ext.rules.apache.values import COMMENT, Fault, closing_comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glance_docs_ext.syntax import Statement

# What is registered with ap_mutex_register() by the modules of Apache, and by mod_fcgid.
MUTEXES = frozenset(
    (
        *('default', 'mpm-accept', 'authdigest-client', 'authn-socache', 'cache-socache'),
        *('ldap-cache', 'lua-ivm-shm', 'proxy', 'proxy-balancer-shm', 'rewrite-map', 'ssl-cache'),
        *('ssl-stapling', 'ssl-stapling-refresh', 'watchdog-callback'),
        *('fcgid-pipe', 'fcgid-proctbl'),
    )
)
FOR_CONNECTIONS = frozenset({'server', 'vhost'})
RANGE = re.compile('[a-z]+=([0-9]{1,9})-([0-9]{1,9})', re.IGNORECASE)
SAFE = 2048  # bits of a key that mod_md takes
RSA = re.compile('rsa([0-9]*)', re.IGNORECASE)
# What IndexOptions does not count among the options that None is the opposite of.
BESIDE_NONE = frozenset(('none', 'iconheight', 'iconwidth'))
PARAMETERS = re.compile(
    r'(?:\s+(?:preservescontentlength|mode=(?:in|out)put|'
    r'(?:ftype|disableenv|enableenv|intype|outtype)=[^\s"]*|'
    r'cmd=(?:"(?:[^"\\]|\\.)+"|(?!")\S*))(?=\s|\Z))*\s*',
    re.IGNORECASE | re.DOTALL,
)


def _keys(statement: Statement) -> Iterator[Fault]:
    """``md_config_set_pkeys()`` of mod_md_config.c: "'Default' allows no other parameter"."""
    words = statement.arguments
    of_rsa = False
    for word, behind in zip(words, [*words[1:], None], strict=True):
        if word.text.lower() == 'default' and len(words) > 1:
            yield Fault(word.span, 'beside "Default" there are no other keys', 'write one of both')
            return
        key = RSA.fullmatch(word.text)
        if not key:
            continue
        bits = key[1] or (behind.text if behind and behind.text.isdigit() else '')
        if of_rsa:
            yield Fault(word.span, 'there is a key of RSA already', 'take one of both away')
            return
        if bits and int(bits[:9]) < SAFE:
            yield Fault(word.span, f'{shortened(bits)} bits are too few', f'write {SAFE} or more')
            return
        of_rsa = True


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
    alone = len(words) == 2
    if len(words) not in {2, 3} or not words[1].text:
        return
    if alone and not '0' <= words[1].text[0] <= '9':
        return
    if not alone and words[1].text[0].isdigit():
        what = 'a weight stands alone, or behind after or interleaved'
        yield Fault(words[1].span, what, 'write after before the weight')
    elif words[1].text.lower() == 'before':
        yield Fault(words[2].span, 'there is no weight behind before', 'take it away')
    elif atoi(words[-1].text) < 1:
        what = f'{shortened(words[-1].text)!r} is no weight'
        yield Fault(words[-1].span, what, 'write a number from 1 to 256')


def _ciphers(statement: Statement) -> Iterator[Fault]:
    """``ssl_cmd_SSLCipherSuite()`` of ssl_engine_config.c: those of TLSv1.3 are for connections."""
    words, here = statement.arguments, statement.contexts
    if len(words) == 2 and words[0].text == 'TLSv1.3' and here and not here & FOR_CONNECTIONS:
        what = 'the ciphers of TLSv1.3 are chosen before there is a request'
        yield Fault(words[0].span, what, 'write it outside of this section')


def _health_check(statement: Statement) -> Iterator[Fault]:
    """``set_hc_condition()`` of mod_proxy_hcheck.c: "extra parameter(s)"."""
    words = statement.arguments
    braced = in_braces(statement) if len(words) > 1 else None
    if braced and braced[1]:
        remedy = COMMENT if braced[1].startswith('#') else 'write it within the braces'
        yield Fault(words[-1].span, 'the expression ends before this', remedy)
    elif len(words) > 2 and not braced and condition(words[1].text).fault is None:
        remedy = COMMENT if closing_comment(words[2]) else 'quote the expression as a whole'
        yield Fault(words[2].span, 'the expression ends before this', remedy)


def _seed(statement: Statement) -> Iterator[Fault]:
    """``ssl_cmd_SSLRandomSeed()`` of ssl_engine_config.c: what is built in has its own size."""
    words = statement.arguments
    if len(words) == 3 and words[1].text.lower() == 'builtin':
        yield Fault(words[2].span, 'the builtin source takes no number of bytes', 'take it away')


def _statuses(statement: Statement) -> Iterator[Fault]:
    """``set_proxy_error_override()`` of mod_proxy.c: "status codes must follow a value of 'on'"."""
    state = 'on'
    for word in statement.arguments:
        if word.text.lower() in {'on', 'off'}:  # it may be said again
            state = word.text.lower()
        elif state == 'off':
            yield Fault(word.span, 'statuses stand behind On', 'write On, or take them away')
            return


def _languages(statement: Statement) -> Iterator[Fault]:
    """``set_force_priority()`` of mod_negotiation.c: "Cannot combine … with None"."""
    words = statement.arguments
    names = {word.text.lower() for word in words}
    if 'none' in names and len(names) > 1:
        yield Fault(words[-1].span, 'beside None there is nothing else', 'write one of both')


def _listing(statement: Statement) -> Iterator[Fault]:
    """``add_opts()`` of mod_autoindex.c: "Cannot combine other … keywords with 'None'"."""
    words = [word.text.lower() for word in statement.arguments]
    begin = words.index('none') if 'none' in words else len(words)
    for word in statement.arguments[begin:]:
        name = word.text.lower()
        if '=' not in name and not name.startswith(('+', '-')) and name not in BESIDE_NONE:
            yield Fault(word.span, f'{name} stands behind None', f'write +{word.text}')
            return


def _mutexes(statement: Statement) -> Iterator[Fault]:
    """``ap_set_mutex()`` of server/util_mutex.c: "None is not allowed for mutex type".

    Modules of others may have mutexes of their own.
    """
    kind, *names = statement.arguments or [statement.name]
    for word in names:
        if word.text in MUTEXES or word.text.lower() == 'omitpid':
            continue
        meant = get_close_matches(word.text.lower()[:40], MUTEXES, 1, 0.8)
        if meant:
            what = f'there is no mutex {shortened(word.text)!r}'
            yield Fault(word.span, what, f'write {meant[0]}')
            return
    named = {word.text for word in names if word.text.lower() != 'omitpid'} or {'default'}
    if kind.text.lower() in {'none', 'no'} and named & MUTEXES - {'mpm-accept'}:
        yield Fault(kind.span, 'this mutex may not be left out', 'write default')


def _reading(statement: Statement) -> Iterator[Fault]:
    """``set_reqtimeout_param()`` of mod_reqtimeout.c: "Maximum timeout must be larger than …"."""
    for word in statement.arguments:
        found = RANGE.match(word.text)
        if found and 0 < int(found[2]) <= int(found[1]):
            what = f'{shortened(found[0])!r} does not go up'
            yield Fault(word.span, what, 'write the smaller number first')
            return


def _parameters(statement: Statement) -> Iterator[Fault]:
    """``check_macro_arguments()`` of mod_macro.c: "argument name conflict"."""
    seen: set[str] = set()
    for word in statement.arguments[1:]:
        if word.text in seen:
            what = f'{shortened(word.text)} is the name of two arguments'
            yield Fault(word.span, what, 'give one of them another name')
            return
        seen.add(word.text)


def _domains(statement: Statement) -> Iterator[Fault]:
    """``md_config_set_names()`` of mod_md_config.c: "needs at least one domain name"."""
    words = statement.arguments
    if words and all(word.text.lower() in {'auto', 'manual'} for word in words):
        yield Fault(words[-1].span, 'there is no domain beside it', 'write the name of one')


def _alias(statement: Statement) -> Iterator[Fault]:
    """``authaliassection()`` of mod_authn_core.c: "must be different from the base provider"."""
    words = statement.arguments
    if len(words) > 1 and words[0].text == words[1].text:
        yield Fault(words[1].span, 'it has the name of its own provider', 'write another')


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


MATCHED = frozenset(('any', 'negotiatedonly', 'filters', 'handlers'))


def _views(statement: Statement) -> Iterator[Fault]:
    """``multiviews_match()`` of mod_mime.c: "Any is incompatible with NegotiatedOnly, …"."""
    words = statement.arguments
    names = {word.text.lower() for word in words}
    if names & {'any', 'negotiatedonly'} and len(names) > 1 and names <= MATCHED:
        what = 'Any and NegotiatedOnly stand alone'
        yield Fault(words[-1].span, what, 'write one of them, or Filters and Handlers')


def _limited(statement: Statement) -> Iterator[Fault]:
    """``ap_limit_section()`` of server/core.c: "TRACE cannot be controlled by <Limit>"."""
    for word in statement.arguments:
        if word.text == 'TRACE':
            yield Fault(word.span, 'TRACE is not limited here', 'write TraceEnable Off instead')
            return


def _program(statement: Statement) -> Iterator[Fault]:
    """``define_filter()`` of mod_ext_filter.c: "Unexpected parameter", "Invalid cmd= parameter"."""
    text = statement.rest.text
    name = re.match(r'[^\s"\']+', text)
    known = PARAMETERS.match(text, name.end()) if name else None
    if known and known.end() < len(text):
        what = f'{shortened(text[known.end() :].split()[0])!r} is no parameter'
        yield Fault(statement.rest.span, what, 'write cmd=, mode= or the like')


CHECKS: dict[str, Callable[[Statement], Iterator[Fault]]] = {
    '<authnprovideralias': _alias,
    '<limit': _limited,
    '<macro': _parameters,
    'allowoverridelist': _overrides,
    'extfilterdefine': _program,
    'fileetag': _entity_tag,
    'forcelanguagepriority': _languages,
    'h2pushpriority': _priority,
    'httpprotocoloptions': _protocol,
    'indexoptions': _listing,
    'mdomain': _domains,
    'mdprivatekeys': _keys,
    'multiviewsmatch': _views,
    'mutex': _mutexes,
    'proxyerroroverride': _statuses,
    'proxyhcexpr': _health_check,
    'requestreadtimeout': _reading,
    'sslciphersuite': _ciphers,
    'sslrandomseed': _seed,
    'wsgidaemonprocess': _processes,
}
