"""DEP431: Apache refuses bodies over 1 GiB on the way to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.endpoints import Protocol
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document

SCRIPT = (
    'WSGIScriptAlias / /srv/wsgi/image.wsgi\nWSGIChunkedRequest On\n'
    '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'
)


class BodySizeLimit(DeploymentRule):
    """Uploads of more than 1 GiB are answered with 413, small ones work.

    ``LimitRequestBody`` is 1 GiB by default since Apache 2.4.54. It counts for ``uwsgi://`` and for
    mod_wsgi; requests that are passed on as HTTP are not limited by it.
    """

    code = 'DEP431'
    name = 'body-size-limit'
    severity = Severity.INFO
    message = 'Apache answers uploads over 1 GiB with 413'
    help = 'add "LimitRequestBody 0" (no limit), or the largest size that you allow'
    services = frozenset({'uploads'})
    bad = (Example('apache', SCRIPT),)
    good = (Example('apache', f'{SCRIPT}LimitRequestBody 0\n'),)
    exceptions = 'No upload is that large, or the limit is set in a part that the page leaves out.'
    source = (
        'core in the manual of Apache 2.4. Measured with Apache 2.4.71 and mod_wsgi 4.9.4: 413 for '
        '1 GiB and 1 MiB more, 204 with LimitRequestBody 0.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        if any(deployment.named('apache', 'limitrequestbody')):
            return
        for document, span in _limited(deployment):
            yield self.report(document, span)


def _limited(deployment: Deployment) -> Iterator[tuple[Document, Span]]:
    """Yield what leads to the application on ways that the limit counts for."""
    for upstream in deployment.upstreams:
        if upstream.document.engine == 'apache' and upstream.protocol is Protocol.UWSGI:
            yield upstream.document, upstream.span
    for document, placed in deployment.named('apache', 'wsgiscriptalias', 'wsgiscriptaliasmatch'):
        yield document, placed.statement.name.span
