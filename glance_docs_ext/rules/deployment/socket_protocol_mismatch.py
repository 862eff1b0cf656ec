"""DEP601: one end speaks a protocol that the other does not understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.http_socket import closing_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Listener, Upstream

CURES = {
    (Protocol.UWSGI, Protocol.HTTP): 'proxy with http:// (nginx: proxy_pass), or listen with '
    'uwsgi-socket',
    (Protocol.HTTP, Protocol.UWSGI): 'proxy with uwsgi:// (nginx: uwsgi_pass), or listen with '
    'http-socket',
}


class SocketProtocolMismatch(DeploymentRule):
    """Both blocks are accepted by their servers, and no request is ever answered.

    uWSGI's ``socket`` and ``uwsgi-socket`` understand the uwsgi protocol, ``http-socket`` and
    ``http`` understand HTTP; the sender decides with ``uwsgi://`` or ``http://`` (Apache), with
    ``uwsgi_pass`` or ``proxy_pass`` (nginx). Where the two differ the receiver either waits for
    more until its ``socket-timeout`` and the client gets error 500 or 502, or it drops the
    connection at once. Neither log names the cause.
    """

    code = 'DEP601'
    name = 'socket-protocol-mismatch'
    severity = Severity.ERROR
    message = '{spoken} is spoken to {address}, which listens for {understood}'
    help = '{cure}'
    bad = (
        Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:60999\nmodule = app:application\n'),
        Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60999/\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nuwsgi-socket = 127.0.0.1:60999\nbuffer-size = 65535\n'),
        Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60999/\n'),
    )
    exceptions = (
        'The page shows alternatives: give each its own ``:deployment:``, then only blocks that '
        'belong together are compared.'
    )
    source = (
        'Measured with Apache 2.4.71, nginx 1.22.1 and uWSGI 2.0.21: uwsgi:// to http-socket gives '
        '500 after socket-timeout (4 s by default), http:// to a uwsgi socket 502, with the '
        'default buffer-size with "invalid request block size" in its log, uwsgi_pass to '
        'http-socket 502.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for upstream in deployment.upstreams:
            listeners = deployment.called(upstream)
            if not listeners or any(one.protocol is upstream.protocol for one in listeners):
                continue
            if any(Protocol.OTHER in (one.protocol, upstream.protocol) for one in listeners):
                continue  # what we do not know we do not judge
            yield self._mismatch(upstream, listeners[0])

    def _mismatch(self, upstream: Upstream, listener: Listener) -> Diagnostic:
        cure = CURES.get((upstream.protocol, listener.protocol))
        return self.report(
            upstream.document,
            upstream.span,
            spoken=upstream.protocol,
            address=shortened(str(upstream.address)),
            understood=listener.protocol,
            cure=cure or 'let both ends speak the same protocol',
        ).with_related(listener.related('the listener'), *_to_keep(upstream, listener))


def _to_keep(upstream: Upstream, listener: Listener) -> Iterator[Related]:
    """Yield what the cure with http:// relies on: without it Apache fails at random (DEP404)."""
    header = closing_header(listener) if listener.statement.key == 'http-socket' else None
    if header and upstream.document.engine == 'apache':
        place = listener.document.source.place(header.span)
        yield Related(place, 'to be kept, or http:// to this socket gives 502 at random')
