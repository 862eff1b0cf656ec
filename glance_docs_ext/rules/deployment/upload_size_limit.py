"""DEP410: nginx refuses bodies over 1 MiB, and the service takes uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.nginx_levels import PASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

LOCATION = 'location / {{\n    proxy_pass http://127.0.0.1:60999;\n{}}}\n'


class UploadSizeLimit(DeploymentRule):
    """nginx answers a body over ``client_max_body_size`` with 413, and that is 1 MiB by default."""

    code = 'DEP410'
    name = 'upload-size-limit'
    severity = Severity.WARNING
    message = 'nginx answers uploads over 1 MiB with 413'
    help = 'add "client_max_body_size 0;" (no limit), or the largest size that you allow'
    services = frozenset({'uploads'})
    bad = (Example('nginx', LOCATION.format('')),)
    good = (Example('nginx', LOCATION.format('    client_max_body_size 0;\n')),)
    exceptions = 'The limit is set in a part of the configuration that the page leaves out.'
    source = (
        "ngx_http_core_module in nginx's manual. Measured with nginx 1.22.1 and an upload of "
        '20 MiB: 413 by default, 204 with 0.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        if any(deployment.named('nginx', 'client_max_body_size')):
            return
        for document, placed in deployment.named('nginx', *PASSES):
            yield self.report(document, placed.statement.name.span)
