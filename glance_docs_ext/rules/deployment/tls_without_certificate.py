"""DEP608: TLS is switched on, and there is no certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force, is_on
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

ELSEWHERE = ('use', 'mdomain', '<mdomain', '<mdomainset')
HOST = '<VirtualHost *:443>\n    SSLEngine on\n{}</VirtualHost>\n'


class TlsWithoutCertificate(DeploymentRule):
    """``apache2 -t`` says "Syntax OK", and the server then refuses to start.

    A host with ``SSLEngine on`` needs ``SSLCertificateFile``, in the host or for the whole server.
    """

    code = 'DEP608'
    name = 'tls-without-certificate'
    severity = Severity.ERROR
    message = 'Apache does not start: SSLEngine is on, and no certificate is named'
    help = 'add SSLCertificateFile and SSLCertificateKeyFile'
    bad = (Example('apache', HOST.format('')),)
    good = (
        Example(
            'apache',
            HOST.format(
                '    SSLCertificateFile /etc/ssl/certs/glance.pem\n'
                '    SSLCertificateKeyFile /etc/ssl/private/glance.key\n'
            ),
        ),
        Example(
            'apache',
            '<MDomain glance.example.com>\n    MDStapling on\n</MDomain>\n'
            + HOST.format('    ServerName glance.example.com\n'),
        ),
    )
    exceptions = (
        'The certificate is named for the whole server, in a file that the page leaves out.'
    )
    source = 'Measured with Apache 2.4.71: AH02312, "Fatal error initialising mod_ssl, exiting".'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if any(deployment.named('apache', *ELSEWHERE)) or not shows_all(deployment):
            return
        for document, placed in deployment.named('apache', 'sslengine'):
            inside = placed.scope is not None  # a fragment may be half of a host
            if (
                inside
                and is_on(placed)
                and not any(in_force(document, placed, 'sslcertificatefile'))
            ):
                yield self.report(document, placed.statement.name.span)
