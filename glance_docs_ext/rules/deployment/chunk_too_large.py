"""DEP406: clients reach uWSGI directly, and may send chunks that it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import LOOPBACK, Protocol
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Listener


class ChunkTooLarge(DeploymentRule):
    """uWSGI drops the connection when one chunk of an upload, with its framing, is over 1 MiB.

    Apache and nginx cut the body into small chunks of their own, so this only meets clients that
    talk to uWSGI without a proxy. Some clients send chunks of several MiB.
    """

    code = 'DEP406'
    name = 'chunk-too-large'
    severity = Severity.INFO
    message = 'uWSGI drops uploads with chunks of 1 MiB or more, and clients reach it directly'
    help = 'set chunked-input-limit to the largest chunk a client may send, such as 67108864'
    services = frozenset({'uploads'})
    bad = (Example('uwsgi', '[uwsgi]\nhttp-socket = 192.0.2.7:9292\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nhttp-socket = 192.0.2.7:9292\nchunked-input-limit = 67108864\n'),
    )
    exceptions = (
        'All clients send small chunks, or a proxy that the page does not show is in front.'
    )
    source = (
        'core/chunked.c of uWSGI and its option chunked-input-limit. Measured: chunks of 1048574 '
        'bytes pass, of 1048576 end in a reset; with 67108864 both pass.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for listener in deployment.listeners:
            if _is_public(listener) and not deployment.callers(listener):
                document = listener.document
                if document.engine == 'uwsgi' and not any(document.named('chunked-input-limit')):
                    yield self.report(document, listener.span)


def _is_public(listener: Listener) -> bool:
    address = listener.address
    return listener.protocol is Protocol.HTTP and not address.path and address.host not in LOOPBACK
