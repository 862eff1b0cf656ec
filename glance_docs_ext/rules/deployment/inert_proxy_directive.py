"""DEP401: a directive for HTTP backends beside a backend that speaks uwsgi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import host_of, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Placed

REASONS = {
    'proxypreservehost': 'the uwsgi protocol passes the Host header on in any case',
    'proxyaddheaders': 'mod_proxy_uwsgi never sends X-Forwarded-For and its kin',
    'proxypassreverse': 'no answer holds a uwsgi:// address that could be turned round',
}


class InertProxyDirective(DeploymentRule):
    """The directive only changes what is sent to, or comes from, HTTP backends.

    It does no harm, but a reader who trusts it is misled: the Host header arrives without
    ``ProxyPreserveHost``, no ``X-Forwarded-For`` arrives with ``ProxyAddHeaders``, and
    ``ProxyPassReverse`` turns no address round.
    """

    code = 'DEP401'
    name = 'inert-proxy-directive'
    severity = Severity.INFO
    message = '{directive} has no effect on a uwsgi:// backend'
    help = 'leave it out: {reason}'
    bad = (
        Example(
            'apache',
            '<VirtualHost *:80>\n'
            '    ProxyPreserveHost On\n'
            '    ProxyPass / uwsgi://127.0.0.1:60999/\n'
            '</VirtualHost>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / uwsgi://127.0.0.1:60999/\n</VirtualHost>\n',
        ),
    )
    exceptions = (
        'The same host also passes requests to an HTTP backend that the page does not show.'
    )
    source = (
        'Measured with Apache 2.4.71 and Glance 33.0.0: links, Location and the environment of the '
        'application are the same with and without.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for document in deployment.of('apache'):
            for placed in document.named(*REASONS):
                if self._concerns_uwsgi_only(deployment, document, placed):
                    yield self.report(
                        document,
                        placed.statement.name.span,
                        directive=placed.statement.name.text,
                        reason=REASONS[placed.statement.key],
                    )

    @staticmethod
    def _concerns_uwsgi_only(deployment: Deployment, document: Document, placed: Placed) -> bool:
        if placed.statement.key == 'proxypassreverse':
            return any('uwsgi://' in word.text for word in placed.statement.arguments)
        if not is_on(placed):
            return False
        host = host_of(placed)
        protocols = {
            upstream.protocol
            for upstream in deployment.upstreams
            if upstream.document is document and host in (host_of(upstream.placed), None)
        }
        return protocols == {Protocol.UWSGI}
