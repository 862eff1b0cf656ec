"""DEP430: Apache passes a client's question on that uWSGI never answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Upstream

UWSGI = (
    '[uwsgi]\nhttp-socket = 127.0.0.1:60999\nadd-header = Connection: close\nbuffer-size = 65535\n'
)
PROXY = 'ProxyPass / http://127.0.0.1:60999/\nSetEnv proxy-sendcl 1\n'


class ExpectUnanswered(DeploymentRule):
    """Uploads by curl, and by other careful clients, hang until a time-out and end in 503.

    Before it sends more than 1 MiB, curl asks with ``Expect: 100-continue`` whether it may. Apache
    passes the question on to an HTTP backend and waits for the answer; uWSGI's ``http-socket`` has
    none. With ``Proxy100Continue Off`` Apache answers itself.
    """

    code = 'DEP430'
    name = 'expect-unanswered'
    severity = Severity.WARNING
    message = 'uploads of clients that ask "Expect: 100-continue" end in 503: uWSGI never answers'
    help = 'add "Proxy100Continue Off"'
    services = frozenset({'uploads'})
    bad = (Example('uwsgi', UWSGI), Example('apache', PROXY))
    good = (Example('uwsgi', UWSGI), Example('apache', f'{PROXY}Proxy100Continue Off\n'))
    exceptions = 'No client asks before it sends: python-glanceclient does not, curl does.'
    source = (
        'modules/proxy/mod_proxy_http.c of Apache 2.4. Measured with Apache 2.4.71, uWSGI 2.0.21 '
        'and 2.0.30: 503 after ProxyTimeout (60 s), "Timeout on 100-Continue" in the log; 204 with '
        'Proxy100Continue Off.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for upstream in deployment.upstreams:
            if _waits(upstream) and _never_answers(deployment, upstream):
                yield self.report(upstream.document, upstream.span)


def _waits(upstream: Upstream) -> bool:
    """Whether Apache passes the question on and waits."""
    if upstream.document.engine != 'apache' or upstream.protocol is not Protocol.HTTP:
        return False
    settings = in_force(upstream.document, upstream.placed, 'proxy100continue')
    return not any(placed.statement.rest.text.strip().lower() == 'off' for placed in settings)


def _never_answers(deployment: Deployment, upstream: Upstream) -> bool:
    keys = {one.statement.key for one in deployment.called(upstream)}
    return bool(keys) and keys <= {'http-socket', 'http11-socket'}
