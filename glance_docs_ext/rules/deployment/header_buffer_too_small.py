"""DEP415: the proxy lets headers through that uWSGI has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document

DEFAULT = 4096  # uWSGI's buffer-size
ONE_HEADER = 8190  # Apache's LimitRequestFieldSize; nginx's large_client_header_buffers: 8k
UWSGI = '[uwsgi]\nuwsgi-socket = 127.0.0.1:60999\n'
APACHE = 'ProxyPass / uwsgi://127.0.0.1:60999/\n'


class HeaderBufferTooSmall(DeploymentRule):
    """uWSGI drops a request whose headers do not fit in ``buffer-size``, 4096 bytes by default.

    Apache and nginx take single headers of 8 KiB. A client with a long cookie or token gets a 500
    or 502 that others do not get.
    """

    code = 'DEP415'
    name = 'header-buffer-too-small'
    severity = Severity.WARNING
    message = 'requests with headers over {size} bytes get through the proxy, and uWSGI drops them'
    help = 'set "buffer-size = 65535", the most it can be'
    bad = (Example('uwsgi', UWSGI), Example('apache', APACHE))
    good = (Example('uwsgi', f'{UWSGI}buffer-size = 65535\n'), Example('apache', APACHE))
    exceptions = 'Clients send no long headers, or the proxy is told a smaller limit.'
    source = (
        'Measured with a header of 6000 bytes: uWSGI logs "invalid HTTP request size (max 4096)" '
        'or "invalid request block size" and closes the connection.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        done: set[Document] = set()
        for listener in deployment.listeners:
            document = listener.document
            if document.engine != 'uwsgi' or document in done:
                continue
            callers = [u for u in deployment.callers(listener) if u.protocol is listener.protocol]
            size = _buffer_size(document)
            if not callers or size is None or size >= ONE_HEADER or _limited(deployment):
                continue
            done.add(document)
            options = [p.statement.span for p in document.named('buffer-size')]
            span = options[-1] if options else listener.span
            yield self.report(document, span, size=size)


def _buffer_size(document: Document) -> int | None:
    """Return the size in bytes, None where it cannot be told."""
    values = [p.statement.rest.text for p in document.named('buffer-size')]
    if not values:
        return DEFAULT
    return int(values[-1]) if values[-1].isdecimal() else None


def _limited(deployment: Deployment) -> bool:
    """Whether the proxy's own limit is part of the page."""
    return any(deployment.named('apache', 'limitrequestfieldsize')) or any(
        deployment.named('nginx', 'large_client_header_buffers')
    )
