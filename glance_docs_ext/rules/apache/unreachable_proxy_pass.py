"""APA402: a ProxyPass behind another one that takes all of its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.prefixes import mappings, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

GENERAL = 'ProxyPass / http://127.0.0.1:60999/\n'


class UnreachableProxyPass(Rule):
    """The first ProxyPass whose path fits takes the request; those behind it are never asked.

    An exception from the rule (``ProxyPass /static !``) stands before the rule.
    """

    engines = ('apache',)
    names = ('proxypass',)
    code = 'APA402'
    name = 'unreachable-proxy-pass'
    severity = Severity.WARNING
    message = 'no request gets here: ProxyPass {prefix} on line {line} takes them all'
    help = 'move this line before the more general one'
    bad = (
        Example('apache', f'{GENERAL}ProxyPass /static !\n'),
        Example('apache', f'{GENERAL}ProxyPass /metrics http://127.0.0.1:9100/metrics\n'),
    )
    good = (Example('apache', f'ProxyPass /static !\n{GENERAL}'),)
    exceptions = 'None: the line has no effect.'
    source = (
        'ProxyPass in the manual of Apache 2.4, "Ordering ProxyPass Directives"; measured with '
        'Apache 2.4.71: the first line answers.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for hidden, first in unreachable(mappings(document, 'proxypass')):
            place = document.source.place(first.placed.statement.span)
            found = self.report(
                document, hidden.prefix.span, prefix=shortened(first.prefix.text), line=place.line
            )
            yield found.with_related(Related(place, 'what takes the requests'))
