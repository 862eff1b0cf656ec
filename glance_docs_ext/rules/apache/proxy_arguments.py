"""APA212: a proxied address or a parameter that mod_proxy does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.places import is_in_no_location
from glance_docs_ext.rules.apache.proxied_words import (
    address_faults,
    member_faults,
    parameter_faults,
)
from glance_docs_ext.rules.apache.proxy_parameters import is_address
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

IN_SECTION = frozenset({'location', 'proxy'})


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
        Example('apache', 'BalancerMember http://192.0.2.1\nServerName glance\n'),
    )
    good = (
        Example('apache', 'BalancerMember http://192.0.2.1\nProxySet lbmethod=byrequests\n'),
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
        return _faults(statement, document)


def _faults(statement: Statement, document: Document) -> Iterator[Fault]:
    words = statement.arguments
    regex = words[:1] and words[0].text == '~' and statement.key == 'proxypass'
    words = words[1:] if regex else words
    if statement.key == 'balancermember':
        yield from member_faults(statement, outside=is_in_no_location(statement, document))
        return
    if statement.contexts and statement.contexts <= IN_SECTION:
        target, rest = (words[0] if words else None), words[1:]
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
        target, rest = None, ()  # neither outside of a section nor in one
    elif (
        (not statement.contexts or statement.contexts & IN_SECTION)
        and words
        and (len(words) == 1 or (is_address(words[0].text) and not is_address(words[1].text)))
        and not is_in_no_location(statement, document)
    ):
        if statement.key != 'proxypassreverse':  # a fragment: the section around it gives the path
            yield from parameter_faults(statement, words[0].text, words[1:])
        return
    else:
        target, rest = (words[1] if len(words) > 1 else None), words[2:]
    if target is None:
        yield Fault(statement.name.span, 'the address is missing', 'write a path and an address')
        return
    if statement.key == 'proxypassreverse':
        inside = bool(statement.contexts) and statement.contexts <= IN_SECTION
        if inside and rest and rest[0].text.lower() != 'interpolate':
            what = 'inside a section it takes the address alone'
            yield Fault(rest[0].span, what, 'take away what is too much')
        return
    if target.text != '!':
        yield from address_faults(target)
    if rest:
        yield from parameter_faults(statement, target.text, rest)
