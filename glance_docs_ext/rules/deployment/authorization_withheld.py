"""DEP418: mod_wsgi keeps the Authorization header from a service that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

ALIAS = (
    'WSGIScriptAlias / /srv/wsgi/app.wsgi\n'
    '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'
)


class AuthorizationWithheld(DeploymentRule):
    """Apache does its own authentication, so mod_wsgi does not pass the header on.

    A service that reads it takes every client for a stranger.
    """

    code = 'DEP418'
    name = 'authorization-withheld'
    severity = Severity.WARNING
    message = 'mod_wsgi does not pass the Authorization header on'
    help = 'add "WSGIPassAuthorization On"'
    services = frozenset({'authentication'})
    bad = (Example('apache', ALIAS),)
    good = (Example('apache', f'WSGIPassAuthorization On\n{ALIAS}'),)
    exceptions = 'Apache authenticates, and the application reads REMOTE_USER.'
    source = (
        'WSGIPassAuthorization in the manual of mod_wsgi. Measured with mod_wsgi 4.9.4: '
        'HTTP_AUTHORIZATION is missing without, and there with it.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        if any(is_on(placed) for _, placed in deployment.named('apache', 'wsgipassauthorization')):
            return
        for document, placed in deployment.named(
            'apache', 'wsgiscriptalias', 'wsgiscriptaliasmatch'
        ):
            yield self.report(document, placed.statement.name.span)
