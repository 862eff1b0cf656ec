"""DEP603: requests go to a balancer that no block defines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

BALANCER = re.compile(r'balancer://([^/\s"\'>]+)', re.IGNORECASE)
MADE = frozenset('$%')  # what a request puts in may begin with the slash that ends the name
MEMBERS = '<Proxy balancer://{}>\n    BalancerMember http://127.0.0.1:60999\n</Proxy>\n'
PROXY = 'ProxyPreserveHost On\nProxyPass / balancer://images/\n'


class UndefinedBalancer(DeploymentRule):
    """Apache starts, and answers every request to the balancer with 503.

    The name behind ``balancer://`` must be one that a ``<Proxy balancer://…>`` section or a
    ``BalancerMember`` gives members to; case does not count.
    """

    code = 'DEP603'
    name = 'undefined-balancer'
    severity = Severity.ERROR
    message = 'the balancer {name!r} has no members'
    help = '{cure}'
    bad = (Example('apache', MEMBERS.format('image') + PROXY),)
    good = (
        Example('apache', MEMBERS.format('images') + PROXY),
        Example(
            'apache',
            MEMBERS.format('images')
            + 'ProxyPreserveHost On\nRewriteEngine On\n'
            + 'RewriteRule ^/i/ balancer://images%{REQUEST_URI} [P]\n',
        ),
    )
    exceptions = 'The balancer is defined in a block that the page leaves out.'
    source = 'Measured with Apache 2.4.71: "Syntax OK", then AH01171 and 503 on each request.'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        defined = set(_defined(deployment))
        if not defined or not shows_all(deployment):  # they may be defined elsewhere
            return
        for document, placed in deployment.named('apache', 'proxypass', 'rewriterule'):
            for word in placed.statement.arguments:
                match = BALANCER.match(word.text)
                if match and MADE.isdisjoint(match[1]) and match[1].lower() not in defined:
                    names = ', '.join(sorted(defined))
                    yield self.report(
                        document,
                        word.span,
                        name=shortened(match[1]),
                        cure=f'this page gives members to: {names}',
                    )


def _defined(deployment: Deployment) -> Iterator[str]:
    for _document, placed in deployment.named('apache', '<proxy', 'balancermember', 'proxyset'):
        for word in placed.statement.arguments:
            if match := BALANCER.match(word.text):
                yield match[1].lower()
