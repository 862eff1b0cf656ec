"""DEP411: a chunked body reaches a plain WSGI application, which reads nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force
from glance_docs_ext.rules.deployment.nginx_levels import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Upstream

UWSGI = (
    '[uwsgi]\nhttp-socket = 127.0.0.1:60999\nbuffer-size = 65535\nadd-header = Connection: close\n'
)
LOCATION = (
    'client_max_body_size 0;\nlocation / {{\n    proxy_pass http://127.0.0.1:60999;\n'
    '    proxy_http_version 1.1;\n{}}}\n'
)


class ChunkedBodyUnread(DeploymentRule):
    """uWSGI hands a chunked body only to applications that call ``uwsgi.chunked_read()``.

    A plain WSGI application reads ``wsgi.input`` and finds nothing. Behind nginx without request
    buffering it then answers 200 to an empty upload; behind Apache the upload ends in 502.
    """

    code = 'DEP411'
    name = 'chunked-body-unread'
    severity = Severity.WARNING
    message = 'chunked uploads are lost: they reach a plain WSGI application as an empty body'
    help = '{cure}'
    services = frozenset({'uploads'})
    bad = (
        Example('uwsgi', UWSGI),
        Example('nginx', LOCATION.format('    proxy_request_buffering off;\n')),
    )
    good = (Example('uwsgi', UWSGI), Example('nginx', LOCATION.format('')))
    exceptions = (
        'The application reads chunks itself, as Glance does: say so with the service '
        '``chunked-reader``.'
    )
    source = (
        'Measured with a plain WSGI application and a body of 200 KB: nginx 1.22.1 with '
        'proxy_request_buffering off gives 200 and an empty body, Apache 2.4.71 gives 502 '
        '(AH01084), with SetEnv proxy-sendcl 1 it gives 200.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services or 'chunked-reader' in deployment.services:
            return
        for upstream in deployment.upstreams:
            cure = _cure(upstream)
            keys = {one.statement.key for one in deployment.called(upstream)}
            if cure and keys and keys <= {'http-socket', 'http11-socket'}:
                yield self.report(upstream.document, upstream.span, cure=cure)


def _cure(upstream: Upstream) -> str:
    """Return what to do where bodies are passed on in chunks, '' where they are not."""
    document, placed = upstream.document, upstream.placed
    if upstream.statement.key == 'proxy_pass':
        off = inherited(document, placed, 'proxy_request_buffering')
        return 'leave proxy_request_buffering on' if off and off[0].rest.text == 'off' else ''
    if document.engine != 'apache' or not upstream.statement.key.startswith('proxypass'):
        return ''
    settings = in_force(document, placed, 'setenv', 'setenvif')
    if any('proxy-sendcl' in p.statement.rest.text for p in settings):
        return ''
    return 'add "SetEnv proxy-sendcl 1"'
