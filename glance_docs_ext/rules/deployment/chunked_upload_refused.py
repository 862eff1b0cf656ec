"""DEP402: a way to the application on which Apache answers chunked uploads with 411."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment


class ChunkedUploadRefused(DeploymentRule):
    """Apache answers an upload in chunks with 411 Length Required, and no setting changes that.

    The uwsgi protocol says how long the body is before it sends it, which mod_proxy_uwsgi cannot
    know of a body that comes in chunks.

    It matters where clients upload with ``Transfer-Encoding: chunked``, as python-glanceclient
    always does: small requests work, a check of the version page is green, and uploads fail.
    """

    code = 'DEP402'
    name = 'chunked-upload-refused'
    severity = Severity.WARNING
    message = 'Apache answers chunked uploads through uwsgi:// with 411 Length Required'
    help = (
        'proxy with http:// to an http-socket, or tell readers that uploads need a Content-Length'
    )
    services = frozenset({'uploads'})
    bad = (Example('apache', 'ProxyPass / uwsgi://127.0.0.1:60999/\nLimitRequestBody 0\n'),)
    good = (
        Example(
            'apache',
            'ProxyPass / http://127.0.0.1:60999/\nProxyPassReverse / http://127.0.0.1:60999/\n',
        ),
    )
    exceptions = 'All clients send a Content-Length.'
    source = (
        'modules/proxy/mod_proxy_uwsgi.c of Apache 2.4: ap_setup_client_block(r, '
        'REQUEST_CHUNKED_ERROR). Measured with Apache 2.4.71, TCP and UNIX sockets; proxy-sendcl '
        'and proxy-sendchunked do not help.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for upstream in deployment.upstreams:
            if upstream.document.engine == 'apache' and upstream.protocol is Protocol.UWSGI:
                yield self.report(upstream.document, upstream.span)
