"""DEP416: redirects of an HTTP backend show clients the backend's own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Upstream

PROXY = 'ProxyPass / http://127.0.0.1:60999/\n'


class AnswersNotTurnedRound(DeploymentRule):
    """The backend is asked for its own address, and writes that into its redirects.

    Clients outside cannot reach it. Either ``ProxyPassReverse`` turns the addresses round in the
    answers, or ``ProxyPreserveHost`` tells the backend the name that the client used.
    """

    code = 'DEP416'
    name = 'answers-not-turned-round'
    severity = Severity.INFO
    message = 'redirects from {address} reach clients with that address in them'
    help = 'add "ProxyPreserveHost On", or ProxyPassReverse with the same path and URL'
    services = frozenset({'own-links'})
    bad = (Example('apache', PROXY),)
    good = (Example('apache', f'{PROXY}ProxyPreserveHost On\n'),)
    exceptions = 'The backend never redirects and writes no addresses.'
    source = (
        'mod_proxy in the manual of Apache 2.4. Measured with Glance 33.0.0: Location is '
        'http://127.0.0.1:PORT/... without either.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for upstream in deployment.upstreams:
            document, placed = upstream.document, upstream.placed
            if upstream.protocol is not Protocol.HTTP or not _is_whole_host(upstream):
                continue
            preserved = any(is_on(p) for p in in_force(document, placed, 'proxypreservehost'))
            if not preserved and not any(in_force(document, placed, 'proxypassreverse')):
                yield self.report(document, upstream.span, address=str(upstream.address))


def _is_whole_host(upstream: Upstream) -> bool:
    """Whether all paths are proxied; of a prefix the rule location-without-prefix speaks."""
    return upstream.statement.key == 'proxypass' and upstream.statement.arguments[0].text == '/'
