"""DEP420: Apache answers paths with %2F in them with 404, and the service has such paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document

PROXY = 'ProxyPass / http://127.0.0.1:60999/ nocanon\nProxyPreserveHost On\n'
SCRIPTS = ('wsgiscriptalias', 'wsgiscriptaliasmatch')


class EncodedSlashesRefused(DeploymentRule):
    """Apache does not ask the service at all: ``AllowEncodedSlashes`` is off by default.

    ``NoDecode`` lets the slash through as it came, a proxy needs ``nocanon`` beside it.
    """

    code = 'DEP420'
    name = 'encoded-slashes-refused'
    severity = Severity.WARNING
    message = 'Apache answers requests with %2F in their path with 404'
    help = 'add "AllowEncodedSlashes NoDecode" to the virtual host, and nocanon to ProxyPass'
    services = frozenset({'encoded-slashes'})
    bad = (Example('apache', PROXY),)
    good = (Example('apache', f'AllowEncodedSlashes NoDecode\n{PROXY}'),)
    exceptions = 'The directive stands in a part of the configuration that the page leaves out.'
    source = (
        'AllowEncodedSlashes in the manual of Apache 2.4. Measured with Apache 2.4.71, proxied and '
        'with mod_wsgi: 404 without, 200 with NoDecode.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        if any(deployment.named('apache', 'allowencodedslashes')):
            return
        told: set[Document] = set()
        for document, placed in deployment.named('apache', 'proxypass', *SCRIPTS):
            if document not in told:
                told.add(document)
                yield self.report(document, placed.statement.name.span)
