"""APA212: a proxied address or a parameter that mod_proxy does not take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.proxy_parameters import address_fault, is_address, parameter_fault
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

IN_SECTION = frozenset({'location', 'proxy'})
BALANCER = re.compile('[^:]*://.', re.DOTALL)  # ap_proxy_define_balancer() of proxy_util.c
WORDS = frozenset({'nocanon', 'interpolate', 'noquery'})


class ProxyArguments(ValueRule):
    """A mapping has a path, an absolute address, and parameters of the form ``key=value``.

    Inside a ``<Location>`` the path is the section's own and must not be repeated. No blank may
    stand around "=".
    """

    code = 'APA212'
    name = 'proxy-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('proxypass', 'proxypassmatch', 'proxypassreverse', 'balancermember')
    bad = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / http://127.0.0.1:60999/ retry = 0\n'
            '</VirtualHost>\n',
        ),
        Example(
            'apache', '<VirtualHost *:80>\n    ProxyPass / http:127.0.0.1:60999/\n</VirtualHost>\n'
        ),
        Example(
            'apache', '<VirtualHost *:80>\n    ProxyPass / http:///127.0.0.1/\n</VirtualHost>\n'
        ),
        Example(
            'apache', '<Location /v2>\n    ProxyPass /v2 http://127.0.0.1:60999/v2\n</Location>\n'
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / http://127.0.0.1:60999/ disablereuse=yes\n'
            '</VirtualHost>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / http://127.0.0.1:60999/ retry=0 '
            'disablereuse=On\n</VirtualHost>\n',
        ),
        Example('apache', '<Location /v2>\n    ProxyPass http://127.0.0.1:60999/v2\n</Location>\n'),
        Example('apache', '<VirtualHost *:80>\n    ProxyPass /static !\n</VirtualHost>\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / unix:/run/glance.sock|uwsgi://localhost/\n'
            '</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``add_pass()`` and ``set_worker_param()`` in mod_proxy.c: "URL must be absolute!", '
        '"Parameter must be in the form \'key=value\'"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    regex = words[:1] and words[0].text == '~' and statement.key == 'proxypass'
    words = words[1:] if regex else words
    if statement.key == 'balancermember':
        yield from _member(statement)
        return
    if statement.contexts and statement.contexts <= IN_SECTION:
        address, rest = (words[0] if words else None), words[1:]
        if len(words) > 1 and words[0].text.startswith('/') and is_address(words[1].text):
            what = 'inside a section the path is that of the section'
            yield Fault(words[0].span, what, 'write the address alone')
            return
    elif (
        statement.key.startswith('proxypass')
        and statement.key != 'proxypassreverse'
        and len(words) == 1
        and words[0].text != '!'
        and not is_address(words[0].text)
    ):
        address, rest = None, ()  # neither outside of a section nor in one
    elif (
        (not statement.contexts or statement.contexts & IN_SECTION)
        and words
        and (len(words) == 1 or (is_address(words[0].text) and not is_address(words[1].text)))
    ):
        return  # a fragment: the section around it may give the path
    else:
        address, rest = (words[1] if len(words) > 1 else None), words[2:]
    if address is None:
        yield Fault(statement.name.span, 'the address is missing', 'write a path and an address')
        return
    if statement.key == 'proxypassreverse':
        inside = bool(statement.contexts) and statement.contexts <= IN_SECTION
        if inside and rest and rest[0].text.lower() != 'interpolate':
            what = 'inside a section it takes the address alone'
            yield Fault(rest[0].span, what, 'take away what is too much')
        return
    if address.text != '!':
        yield from _address(address)
    if rest:
        yield from _parameters(statement, address.text, rest)


def _member(statement: Statement) -> Iterator[Fault]:
    """Yield what is wrong with a member of a balancer: each word with a "=" is a parameter."""
    words = [word for word in statement.arguments if '=' not in word.text]
    parameters = tuple(word for word in statement.arguments if '=' in word.text)
    inside = statement.contexts == frozenset({'proxy'})
    if len(words) == 1 and statement.contexts and 'proxy' not in statement.contexts:
        yield Fault(words[0].span, 'the balancer is missing', 'write balancer://NAME before it')
    elif not words:
        yield Fault(statement.name.span, 'the address is missing', 'write http://HOST:PORT')
    elif len(words) > (1 if inside else 2):
        yield from _parameters(statement, words[0].text, tuple(words[1 if inside else 2 :]))
    elif len(words) == 2 and not BALANCER.match(words[0].text):
        what = f'{shortened(words[0].text)!r} is no name of a balancer'
        yield Fault(words[0].span, what, 'write balancer://NAME')
    else:
        yield from _address(words[-1])
    yield from _parameters(statement, '', parameters)


def _address(word: Word) -> Iterator[Fault]:
    wrong = address_fault(word.text)
    if wrong:
        yield Fault(word.span, wrong, 'write scheme, host and port, as http://127.0.0.1:60999/')


def _parameters(statement: Statement, address: str, words: tuple[Word, ...]) -> Iterator[Fault]:
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
            yield Fault(word.span, found, 'look it up in the manual of ProxyPass')
            return
