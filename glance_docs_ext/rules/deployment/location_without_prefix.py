"""DEP412: redirects and new addresses lose the prefix that the service is reached under."""

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

PROXY = 'ProxyPass /image http://127.0.0.1:60999\n'


class LocationWithoutPrefix(DeploymentRule):
    """The service writes an address into ``Location`` that its clients cannot reach.

    It knows nothing of the prefix, so the address begins right behind the host. Only
    ``ProxyPassReverse``, and only while ``ProxyPreserveHost`` is off, puts the prefix back; through
    ``uwsgi://`` nothing does.
    """

    code = 'DEP412'
    name = 'location-without-prefix'
    severity = Severity.WARNING
    message = 'Location headers lose the prefix {prefix}'
    help = '{cure}'
    services = frozenset({'own-links'})
    bad = (Example('apache', PROXY),)
    good = (Example('apache', f'{PROXY}ProxyPassReverse /image http://127.0.0.1:60999\n'),)
    exceptions = 'Clients ignore the Location header, as python-glanceclient does.'
    source = (
        'Measured with Apache 2.4.71 and Glance 33.0.0 for POST /v2/images, over http:// and '
        'uwsgi://, with each combination of ProxyPassReverse and ProxyPreserveHost.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for upstream in deployment.upstreams:
            prefix = _prefix(upstream)
            cure = _cure(upstream, prefix) if prefix else ''
            if cure:
                yield self.report(upstream.document, upstream.span, prefix=prefix, cure=cure)


def _prefix(upstream: Upstream) -> str:
    """Return the path below which Apache proxies, '' for the whole host."""
    if upstream.statement.key != 'proxypass':
        return ''
    first = upstream.statement.arguments[0].text
    return first.rstrip('/') if first.startswith('/') else ''


def _cure(upstream: Upstream, prefix: str) -> str:
    if upstream.protocol is not Protocol.HTTP:
        return (
            'proxy with http:// and ProxyPassReverse, or serve from the root of a host of its own'
        )
    document, placed = upstream.document, upstream.placed
    if any(is_on(p) for p in in_force(document, placed, 'proxypreservehost')):
        return 'take ProxyPreserveHost away, and give the service its public address'
    turned = in_force(document, placed, 'proxypassreverse')
    if any(p.statement.rest.text.lstrip('"\'').startswith(prefix) for p in turned):
        return ''
    return f'add "ProxyPassReverse {prefix}" with the same URL'
