"""DEP605: processes are started for an application that does not run in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

HOST = (
    '<VirtualHost *:80>\n'
    '    WSGIDaemonProcess app processes=4\n'
    '{}'
    '    WSGIScriptAlias / /srv/wsgi/app.wsgi\n'
    '    <Directory /srv/wsgi>\n        Require all granted\n    </Directory>\n'
    '</VirtualHost>\n'
)


class UnusedDaemonProcess(DeploymentRule):
    """The application runs embedded in Apache's own processes, the new ones sit idle.

    ``WSGIDaemonProcess`` only starts a group; ``WSGIProcessGroup``, or ``process-group=`` behind
    the script, puts an application into it.
    """

    code = 'DEP605'
    name = 'unused-daemon-process'
    severity = Severity.WARNING
    message = 'no application runs in the processes of {name!r}'
    help = 'add "WSGIProcessGroup {name}"'
    bad = (Example('apache', HOST.format('')),)
    good = (Example('apache', HOST.format('    WSGIProcessGroup app\n')),)
    exceptions = 'The group is used in a block that the page leaves out.'
    source = "Measured with mod_wsgi 4.9.4: mod_wsgi.process_group is '' without WSGIProcessGroup."

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if any(deployment.named('apache', 'wsgiprocessgroup')) or not shows_all(deployment):
            return
        scripts = list(
            deployment.named(
                'apache', 'wsgiscriptalias', 'wsgiscriptaliasmatch', 'wsgiimportscript'
            )
        )
        if not scripts or any('process-group=' in p.statement.rest.text for _, p in scripts):
            return
        for document, placed in deployment.named('apache', 'wsgidaemonprocess'):
            for word in placed.statement.arguments[:1]:
                yield self.report(document, word.span, name=shortened(word.text))
