"""DEP407: nginx passes requests to uWSGI and tells nothing about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.elision import leaves_out
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.nginx_levels import inherited, shows_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

SERVER = 'server {{\n    location / {{\n{}        uwsgi_pass 127.0.0.1:60999;\n    }}\n}}\n'


class UwsgiPassWithoutParams(DeploymentRule):
    """``uwsgi_pass`` sends only the variables that ``uwsgi_param`` names, by default none.

    An application that gets neither method nor path fails on every request. The file
    ``uwsgi_params`` that comes with nginx holds the usual ones.
    """

    code = 'DEP407'
    name = 'uwsgi-pass-without-params'
    severity = Severity.ERROR
    message = 'uwsgi_pass sends no variables: the application gets no method and no path'
    help = 'add "include uwsgi_params;"'
    bad = (Example('nginx', SERVER.format('')),)
    good = (Example('nginx', SERVER.format('        include uwsgi_params;\n')),)
    exceptions = (
        'The variables are set at the level of ``http``, in a file that the page leaves out.'
    )
    source = 'Measured with nginx 1.22.1 and uWSGI 2.0.21: KeyError PATH_INFO, 502.'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for document, placed in deployment.named('nginx', 'uwsgi_pass'):
            if leaves_out(document):
                continue
            if shows_server(placed) and not inherited(document, placed, 'uwsgi_param', 'include'):
                yield self.report(document, placed.statement.name.span)
