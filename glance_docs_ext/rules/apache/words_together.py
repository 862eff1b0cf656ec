"""APA242: words, each of them right, that Apache does not take together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.expressions import condition
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.numbers import atoi
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, closing_comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

FOR_CONNECTIONS = frozenset({'server', 'vhost'})


def _keys(statement: Statement) -> Iterator[Fault]:
    """``md_config_set_pkeys()`` of mod_md_config.c: "'Default' allows no other parameter"."""
    words = statement.arguments
    for word in words if len(words) > 1 else ():
        if word.text.lower() == 'default':
            yield Fault(word.span, 'beside "Default" there are no other keys', 'write one of both')
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


def _error_statuses(statement: Statement) -> Iterator[Fault]:
    """``set_proxy_error_override()`` of mod_proxy.c: "status codes must follow a value of 'on'"."""
    words = statement.arguments
    if len(words) > 1 and words[0].text.lower() == 'off':
        yield Fault(words[1].span, 'statuses stand behind On only', 'write On, or take them away')


CHECKS: dict[str, Callable[[Statement], Iterator[Fault]]] = {
    'h2pushpriority': _priority,
    'mdprivatekeys': _keys,
    'proxyerroroverride': _error_statuses,
    'proxyhcexpr': _health_check,
    'sslciphersuite': _ciphers,
    'sslrandomseed': _seed,
}


class WordsTogether(ValueRule):
    """Some words are right alone and wrong beside another, or in the section where they stand."""

    code = 'APA242'
    name = 'words-together'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = CHECKS
    bad = (
        Example('apache', 'MDPrivateKeys Default secp256r1\n'),
        Example('apache', '<VirtualHost *:443>\n    H2PushPriority * 32 16\n</VirtualHost>\n'),
        Example(
            'apache',
            '<Location /v2>\n    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Location>\n',
        ),
        Example('apache', 'ProxyHCExpr ok "%{REQUEST_STATUS} == \'200\'" # healthy\n'),
        Example('apache', 'SSLRandomSeed startup builtin 512\n'),
        Example('apache', 'ProxyErrorOverride Off 404\n'),
    )
    good = (
        Example('apache', 'MDPrivateKeys RSA 3072 secp256r1\n'),
        Example('apache', '<VirtualHost *:443>\n    H2PushPriority * 32\n</VirtualHost>\n'),
        Example(
            'apache',
            '<VirtualHost *:443>\n    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n'
            '</VirtualHost>\n',
        ),
        Example('apache', '<Location /v2>\n    SSLCipherSuite HIGH\n</Location>\n'),
        Example('apache', 'ProxyHCExpr ok "%{REQUEST_STATUS} == \'200\'"\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives: "\'Default\' allows no other parameter", "TLSv1.3 '
        'ciphers cannot be set inside a directory context", "extra parameter(s)", "byte '
        'specification not allowed for builtin seed source"; each measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterable[Fault]:
    if not all(word.text for word in statement.arguments):
        return ()  # an empty word may end the line
    return CHECKS[statement.key](statement)
