"""DEP404: Apache keeps connections for reuse that uWSGI's http-socket closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force
from glance_docs_ext.rules.deployment.http_socket import closing_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Upstream

NO_REUSE = frozenset({'disablereuse=on', 'enablereuse=off'})
NO_KEEPALIVE = frozenset(
    {'proxy-nokeepalive', 'proxy-initial-not-pooled', 'force-proxy-request-1.0'}
)
UWSGI = '[uwsgi]\nhttp-socket = 127.0.0.1:60999\nbuffer-size = 65535\n'
APACHE = 'ProxyPass / http://127.0.0.1:60999/{}\nProxyPassReverse / http://127.0.0.1:60999/\n'


class ReusedConnectionToHttpSocket(DeploymentRule):
    """uWSGI's ``http-socket`` closes the connection after each answer and does not say so in it.

    Apache believes that the connection lives, keeps it, and sends the next request into it: when
    the close arrives in between, the client gets a 502 at random. Requests with a body are not
    sent again by Apache, so uploads and deletes are lost, while a probe of the start page is fine.
    """

    code = 'DEP404'
    name = 'reused-connection-to-http-socket'
    severity = Severity.WARNING
    message = 'requests fail with 502 at random: {address} closes each connection unannounced'
    help = (
        'add "add-header = Connection: close" to the uWSGI block, or "disablereuse=On" to ProxyPass'
    )
    bad = (Example('uwsgi', UWSGI), Example('apache', APACHE.format('')))
    good = (Example('uwsgi', UWSGI), Example('apache', APACHE.format(' disablereuse=On')))
    exceptions = 'None known: no combination without one of the cures was free of 502.'
    source = (
        'Measured with Apache 2.4.71, uWSGI 2.0.21 and 2.0.30 and Glance 33.0.0: 9 of 198 requests '
        'without a cure (AH01102), 0 of 350 with any one of Connection: close, disablereuse=On, '
        'SetEnv proxy-nokeepalive 1.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for upstream in deployment.upstreams:
            if upstream.document.engine != 'apache' or upstream.protocol is not Protocol.HTTP:
                continue
            listeners = deployment.called(upstream)
            if not listeners or _announced(upstream):
                continue
            if all(
                one.statement.key == 'http-socket' and not closing_header(one) for one in listeners
            ):
                yield self.report(
                    upstream.document, upstream.span, address=str(upstream.address)
                ).with_related(listeners[0].related('the listener'))


def _announced(upstream: Upstream) -> bool:
    """Whether Apache is told not to reuse its connections to there."""
    words = {word.text.lower() for word in upstream.statement.arguments}
    for placed in upstream.document.named('proxyset'):
        words.update(word.text.lower() for word in placed.statement.arguments)
    if words & NO_REUSE:
        return True
    settings = in_force(upstream.document, upstream.placed, 'setenv', 'setenvif', 'setenvifnocase')
    return any(
        word.text.lower().partition('=')[0] in NO_KEEPALIVE
        for placed in settings
        for word in placed.statement.arguments
    )
