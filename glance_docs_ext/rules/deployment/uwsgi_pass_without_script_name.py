"""DEP408: nginx does not send SCRIPT_NAME to an application that cannot do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.nginx_levels import levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Placed

LOCATION = 'location / {{\n    include uwsgi_params;\n{}    uwsgi_pass 127.0.0.1:60999;\n}}\n'


class UwsgiPassWithoutScriptName(DeploymentRule):
    """Every request is answered with 502: Paste Deploy adds to ``SCRIPT_NAME``, which is not there.

    The file ``uwsgi_params`` that comes with nginx does not set it. Apache always sends it.
    """

    code = 'DEP408'
    name = 'uwsgi-pass-without-script-name'
    severity = Severity.ERROR
    message = 'the application fails on every request: uwsgi_pass sends no SCRIPT_NAME'
    help = 'add \'uwsgi_param SCRIPT_NAME "";\''
    services = frozenset({'script-name'})
    bad = (Example('nginx', LOCATION.format('')),)
    good = (Example('nginx', LOCATION.format('    uwsgi_param SCRIPT_NAME "";\n')),)
    exceptions = 'A file of your own that is included sets it: then this rule is silent.'
    source = (
        'Measured with nginx 1.22.1, uWSGI 2.0.21 and Glance 33.0.0: 502 on every request, '
        "KeyError: 'SCRIPT_NAME' in the log of uWSGI; also with mount and manage-script-name."
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for document, placed in deployment.named('nginx', 'uwsgi_pass'):
            if not sends(document, placed, 'SCRIPT_NAME'):
                yield self.report(document, placed.statement.name.span)


def sends(document: Document, placed: Placed, variable: str) -> bool:
    """Whether the block sets a uwsgi variable, or includes a file of its own that may."""
    for level in levels(document, placed):
        for statement in level:
            first = statement.arguments[0].text if statement.arguments else ''
            if statement.key == 'uwsgi_param' and first == variable:
                return True
            if statement.key == 'include' and not first.endswith('uwsgi_params'):
                return True
    return False
