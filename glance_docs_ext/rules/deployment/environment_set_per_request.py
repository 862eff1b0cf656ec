"""DEP413: SetEnv for a variable that the process itself reads, under mod_wsgi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

# Variables that are read from os.environ when the process or the application starts: Python's own,
# the dynamic linker's, and OpenStack's OS_<SERVICE>_CONFIG_*.
PROCESS = re.compile(r'PYTHON[A-Z]+|LD_[A-Z_]+|LANG|LC_[A-Z]+|TZ|TMPDIR|OS_[A-Z]+_CONFIG_[A-Z]+')
ALIAS = (
    'WSGIScriptAlias / /srv/wsgi/app.wsgi\n'
    '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'
)


class EnvironmentSetPerRequest(DeploymentRule):
    """``SetEnv`` writes into the environment of each request, not into that of the process.

    An application that reads its settings from ``os.environ`` when it starts does not see it.
    """

    code = 'DEP413'
    name = 'environment-set-per-request'
    severity = Severity.WARNING
    message = 'SetEnv {variable} never reaches the process that mod_wsgi starts'
    help = 'set it in the script with os.environ, or in the environment that Apache is started with'
    bad = (Example('apache', f'SetEnv OS_GLANCE_CONFIG_DIR /etc/glance\n{ALIAS}'),)
    good = (Example('apache', ALIAS),)
    exceptions = 'The application reads the variable from the environ of each request.'
    source = (
        'Measured with mod_wsgi 4.9.4 and Glance 33.0.0: with SetEnv OS_GLANCE_CONFIG_DIR it fails '
        'with ConfigFilesNotFoundError, with the variable in the environment of Apache it runs.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not any(deployment.named('apache', 'wsgiscriptalias', 'wsgiscriptaliasmatch')):
            return
        for document, placed in deployment.named('apache', 'setenv'):
            arguments = placed.statement.arguments
            if arguments and PROCESS.fullmatch(arguments[0].text):
                yield self.report(document, arguments[0].span, variable=arguments[0].text)
