"""APA230: parameters of a proxied server or balancer that mod_proxy does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.proxy_parameters import METHOD, parameter_fault
from glance_docs_ext.rules.apache.values import (
    COMMENT,
    Fault,
    all_known,
    closing_comment,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement, Word


class ProxySectionParameters(Rule):
    """``<Proxy>`` and ``ProxySet`` take the parameters of ``ProxyPass``, as ``key=value``.

    A balancer has others than a single server.
    """

    code = 'APA230'
    name = 'proxy-section-parameters'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('<proxy', 'proxyset', 'balancermember')
    bad = (
        Example('apache', '<Proxy http://127.0.0.1:60999>\n    ProxySet retry = 0\n</Proxy>\n'),
        Example('apache', '<Proxy balancer://glance retry=0>\n</Proxy>\n'),
        Example('apache', '<Proxy >\n    ProxySet timeout=5\n</Proxy>\n'),
        Example('apache', '<ProxyMatch ^http>\n    ProxySet timeout=5\n</ProxyMatch>\n'),
        Example('apache', '<Proxy balancer://>\n    BalancerMember http://192.0.2.1\n</Proxy>\n'),
    )
    good = (
        Example('apache', '<Proxy http://127.0.0.1:60999>\n    ProxySet retry=0\n</Proxy>\n'),
        Example('apache', '<Proxy balancer://glance lbmethod=bytraffic>\n</Proxy>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``set_proxy_param()`` and ``proxysection()`` in mod_proxy.c: "unknown Balancer '
        'parameter", "unknown Worker hcheck parameter"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named('balancermember'):
            section = scope.section if scope else None
            if section and section.key.startswith('<proxy') and _is_no_balancer(section, statement):
                yield self.report(
                    document,
                    statement.name.span,
                    name=statement.name.text,
                    what='the section around it is not about a balancer',
                    remedy='write it into <Proxy balancer://NAME>',
                )
        for statement, scope in document.named('<proxy', 'proxyset'):
            if all_known(statement):
                faults = _faults(statement, scope)
                yield from told(self, faults, statement, document, engine)


SECTIONS = frozenset(('<proxy', '<proxymatch'))


def _faults(statement: Statement, scope: Scope | None) -> Iterator[Fault]:
    words = statement.arguments
    if statement.key == 'proxyset':
        section = scope.section if scope else None
        if section is None or section.key not in SECTIONS:
            if len(statement.contexts) == 1 and statement.contexts <= {'server', 'vhost'}:
                yield from _no_address(words)
            return
        if not all_known(section):
            return
        if not _is_of_a_server(section):
            place, what = statement.name, 'this section is not about one server or balancer'
            yield Fault(place.span, what, 'write it into <Proxy ADDRESS>')
            return
        address, parameters = section.arguments[0], words
    else:
        if len(words) < 2:
            return
        address, parameters = words[0], words[1:]
    if not _is_address(address.text):
        if statement.key == '<proxy':
            what = 'only the section of one server or balancer takes parameters'
            yield Fault(
                parameters[0].span, what, 'write the address of the server, or take it away'
            )
        return
    for word in parameters:
        found = _fault(address, word)
        if found:
            yield found
            return


def _is_no_balancer(section: Statement, member: Statement) -> bool:
    """Whether the engine refuses ``section`` as the place of a member that names no balancer."""
    if not all_known(section) or not member.arguments:
        return False
    return not _is_of_a_server(section) and 'balancer:' not in member.arguments[0].text


def _is_of_a_server(section: Statement) -> bool:
    """Whether a section is about one server or balancer: ``<Proxy >`` on its own is about none."""
    return any(_is_address(word.text) for word in section.arguments[:1])


def _is_address(text: str) -> bool:
    """Whether a text has a scheme, and something behind it."""
    return '://' in text and not text.endswith('://')


def _no_address(words: tuple[Word, ...]) -> Iterator[Fault]:
    """Yield what is wrong outside of ``<Proxy>``, where the address comes first."""
    for word in words[:1]:
        if '://' not in word.text:
            what = f'{shortened(word.text)!r} is no address'
            yield Fault(word.span, what, 'write the address first, as http://127.0.0.1:60999')


def _fault(address: Word, word: Word) -> Fault | None:
    key, equals, value = word.text.partition('=')
    if not equals:
        remedy = COMMENT if closing_comment(word) else 'write key=value, with no blank around "="'
        return Fault(word.span, f'{shortened(word.text)!r} has not the form key=value', remedy)
    what = parameter_fault(address.text.lower().startswith('balancer:'), key, value)
    remedy = 'look it up in the manual of ProxyPass'
    return Fault(word.span, what, remedy, key.lower() == METHOD) if what else None
