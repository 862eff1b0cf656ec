"""APA220: a port that a virtual host cannot have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.numbers import atol
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word


IN_BRACKETS = re.compile(r'\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[^]]*)?\](?::(?:[0-9]+|\*))?')
HIDDEN = re.compile(r'\\.', re.DOTALL)
# What most of them are.
PLAIN = {
    '<virtualhost': re.compile(r'\*:[1-9][0-9]{1,3}'),
    'servername': re.compile('[A-Za-z0-9.-]+'),
}


class HostAddress(ValueRule):
    """The port of a ``<VirtualHost>`` and of a ``ServerName`` is a number from 1 to 65535."""

    code = 'APA220'
    name = 'host-address'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('<virtualhost', 'servername')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    ServerName glance:http\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    ServerName [glance]\n</VirtualHost>\n'),
    )
    good = (
        Example('apache', 'Listen 443\n<VirtualHost *:443>\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost :>\n</VirtualHost>\n'),
        Example(
            'apache', '<VirtualHost *:80>\n    ServerName https://glance:443\n</VirtualHost>\n'
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``get_addresses()`` in server/vhost.c: "The address or port is invalid"; '
        '``set_server_name()`` in server/core.c; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        words = statement.arguments
        if len(words) == 1 and PLAIN[statement.key].fullmatch(words[0].text):
            return ()
        return _of_a_name(words) if statement.key == 'servername' else _of_addresses(words)


def _of_addresses(words: tuple[Word, ...]) -> Iterator[Fault]:
    for word in words:
        if word.text.isascii() and word.text.isdigit():
            yield Fault(word.span, 'the address is missing', f'write *:{word.text}')
            continue
        if word.text.startswith('[') and not IN_BRACKETS.fullmatch(word.text):
            what = f'{shortened(word.text)!r} is no address'
            yield Fault(word.span, what, 'write an address of IPv6 in brackets, as [::1]:80')
            continue
        host, colon, port = word.text.rpartition(':')
        if not colon or port.endswith(']') or '[' in port or port.startswith('//'):
            continue
        if port != '*' and not (port.isascii() and port.isdigit()):
            continue  # all of the word is a name then, also ":" and ":http"
        if not host:
            yield Fault(word.span, 'the address is missing', f'write *:{port}')
        elif port != '*' and not 0 < int(port[:9]) < 65536:
            yield _no_port(word, port)


def _of_a_name(words: tuple[Word, ...]) -> Iterator[Fault]:
    """``server_hostname_port()``: the first colon behind the scheme stands before a port."""
    for word in words[:1]:
        name = word.text.partition('://')[2] if '://' in word.text else word.text
        _host, colon, port = name.partition(':')
        if _is_pattern(word.text):
            yield Fault(word.span, 'a name has no wildcards', 'write ServerAlias for others')
        elif colon and not 0 < atol(port) < 65536:
            yield _no_port(word, port)


def _is_pattern(text: str) -> bool:
    """Whether ``apr_fnmatch_test()`` takes a text for a pattern: a backslash hides a sign."""
    shown = HIDDEN.sub('', text) if '\\' in text else text
    bracket = shown.find('[')
    return '*' in shown or '?' in shown or 0 <= bracket < shown.rfind(']')


def _no_port(word: Word, port: str) -> Fault:
    return Fault(word.span, f'{shortened(port)!r} is no port', 'write a port from 1 to 65535')
