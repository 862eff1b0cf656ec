"""DEP602: the proxy calls an address where nobody listens, and somebody listens uncalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import LOOPBACK, Protocol
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Listener, Upstream

UWSGI = '[uwsgi]\nuwsgi-socket = 127.0.0.1:60999\nbuffer-size = 65535\n'


class UnansweredUpstream(DeploymentRule):
    """The two addresses differ where they surely were meant to be the same.

    It is reported only where the page leaves one upstream and one socket over, of the same kind
    and protocol: then the proxy answers 503, and uWSGI waits for ever.
    """

    code = 'DEP602'
    name = 'unanswered-upstream'
    severity = Severity.WARNING
    message = 'nobody on this page listens on {called}; uWSGI listens on {listening}'
    help = 'write the same address in both blocks'
    bad = (Example('uwsgi', UWSGI), Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60998/\n'))
    good = (Example('uwsgi', UWSGI), Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60999/\n'))
    exceptions = 'The upstream is another service that runs on the same machine.'
    source = 'Measured: Apache answers 503 (AH00957, for a missing UNIX socket AH02454).'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        upstreams = [
            one for one in deployment.upstreams if _is_local(one) and not deployment.called(one)
        ]
        listeners = [
            one for one in deployment.listeners if _serves(one) and not deployment.callers(one)
        ]
        if len(upstreams) != 1 or len(listeners) != 1 or not _alike(upstreams[0], listeners[0]):
            return
        upstream, listener = upstreams[0], listeners[0]
        yield self.report(
            upstream.document,
            upstream.span,
            called=str(upstream.address),
            listening=str(listener.address),
        ).with_related(listener.related('the listener'))


def _is_local(upstream: Upstream) -> bool:
    return bool(upstream.address.path) or upstream.address.host in LOOPBACK


def _serves(listener: Listener) -> bool:
    return listener.document.engine == 'uwsgi' and listener.protocol is not Protocol.OTHER


def _alike(upstream: Upstream, listener: Listener) -> bool:
    same_kind = bool(upstream.address.path) == bool(listener.address.path)
    return same_kind and upstream.protocol is listener.protocol
