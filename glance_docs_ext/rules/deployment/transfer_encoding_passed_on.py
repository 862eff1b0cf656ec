"""DEP409: nginx unpacks a chunked body, and tells the application that it is chunked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.uwsgi_pass_without_script_name import sends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

LOCATION = (
    'client_max_body_size 0;\n'
    'location / {{\n    include uwsgi_params;\n{}    uwsgi_pass 127.0.0.1:60999;\n}}\n'
)


class TransferEncodingPassedOn(DeploymentRule):
    """Chunked uploads end in error 500.

    nginx takes the chunks apart and sends the plain body, but passes the client's header
    ``Transfer-Encoding: chunked`` on. An application that asks uWSGI for chunks because of that
    header finds none.
    """

    code = 'DEP409'
    name = 'transfer-encoding-passed-on'
    severity = Severity.WARNING
    message = 'chunked uploads fail: the body arrives unpacked, with the header that says chunked'
    help = 'add \'uwsgi_param HTTP_TRANSFER_ENCODING "";\''
    services = frozenset({'uploads', 'chunked-reader'})
    bad = (Example('nginx', LOCATION.format('')),)
    good = (Example('nginx', LOCATION.format('    uwsgi_param HTTP_TRANSFER_ENCODING "";\n')),)
    exceptions = 'All clients send a Content-Length.'
    source = (
        'Measured with nginx 1.22.1, uWSGI 2.0.21 and Glance 33.0.0: 500 without, 204 with, over '
        'TCP and UNIX sockets, with request buffering on and off.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for document, placed in deployment.named('nginx', 'uwsgi_pass'):
            if not sends(document, placed, 'HTTP_TRANSFER_ENCODING'):
                yield self.report(document, placed.statement.name.span)
