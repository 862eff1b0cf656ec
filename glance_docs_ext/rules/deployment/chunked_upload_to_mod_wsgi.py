"""DEP403: mod_wsgi in front of a service with uploads, and chunked requests not switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment


class ChunkedUploadToModWsgi(DeploymentRule):
    """mod_wsgi answers an upload in chunks with 411 Length Required, unless it is told to take it.

    WSGI itself has no word for a body whose length is not known, so this is off by default.
    """

    code = 'DEP403'
    name = 'chunked-upload-to-mod-wsgi'
    severity = Severity.WARNING
    message = 'mod_wsgi answers chunked uploads with 411 Length Required'
    help = 'add "WSGIChunkedRequest On"'
    services = frozenset({'uploads'})
    bad = (
        Example(
            'apache',
            'LimitRequestBody 0\nWSGIScriptAlias / /srv/wsgi/image.wsgi\n'
            '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n',
        ),
    )
    good = (
        Example(
            'apache',
            'LimitRequestBody 0\nWSGIScriptAlias / /srv/wsgi/image.wsgi\nWSGIChunkedRequest On\n'
            '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n',
        ),
    )
    exceptions = 'All clients send a Content-Length.'
    source = (
        'mod_wsgi 4.9.4, "optional support for chunked transfer encoding has not been enabled" in '
        'its log. Measured with Glance 33.0.0: 411 without, 204 with.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        if any(is_on(p) for _, p in deployment.named('apache', 'wsgichunkedrequest')):
            return
        for document, placed in deployment.named(
            'apache', 'wsgiscriptalias', 'wsgiscriptaliasmatch'
        ):
            yield self.report(document, placed.statement.name.span)
