"""DEP606: the folder of a WSGI script is not opened to requests."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Statement

OPENED = ('/usr/share', '/var/www')
"""What a distribution's own configuration opens, so that a page need not."""

OPENED_BY = ('require', 'allow', '<requireany', '<requireall', 'satisfy')
SECTIONS = ('<directory', '<directorymatch', '<location', '<locationmatch', '<files', '<filesmatch')


class ScriptFolderClosed(DeploymentRule):
    """Every request is answered with 403: Apache denies access to the whole file system by default.

    Each folder that files are served from needs a ``Require`` of its own. Debian opens
    ``/usr/share`` and ``/var/www`` and nothing else, Fedora ``/var/www``.
    """

    code = 'DEP606'
    name = 'script-folder-closed'
    severity = Severity.WARNING
    message = 'requests for {script} are answered with 403: nothing opens its folder'
    help = 'add "<Directory {folder}>" with "Require all granted" in it'
    bad = (Example('apache', 'WSGIScriptAlias / /srv/wsgi/app.wsgi\n'),)
    good = (
        Example(
            'apache',
            'WSGIScriptAlias / /srv/wsgi/app.wsgi\n'
            '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n',
        ),
        Example('apache', 'WSGIScriptAlias / /var/www/cgi-bin/app.wsgi\n'),
        Example(
            'apache',
            'WSGIScriptAlias / /usr/bin/placement-api\n<Directory /usr/bin>\n'
            '    <IfVersion >= 2.4>\n        Require all granted\n    </IfVersion>\n'
            '</Directory>\n',
        ),
    )
    exceptions = 'The folder is opened in a block that the page leaves out.'
    source = 'Measured with Apache 2.4.71 and mod_wsgi 4.9.4: AH01630, 403.'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if self._opens_anything_else(deployment):
            return
        opened = [
            placed.statement.arguments[0].text.rstrip('/') or '/'
            for _document, placed in deployment.named('apache', '<directory')
            if placed.statement.arguments and _opens(placed.statement)
        ]
        for document, placed in deployment.named('apache', 'wsgiscriptalias'):
            arguments = placed.statement.arguments
            script = arguments[1].text if len(arguments) > 1 else ''
            folders = (*OPENED, *opened)
            if script.startswith('/') and not any(_holds(folder, script) for folder in folders):
                yield self.report(
                    document,
                    arguments[1].span,
                    script=shortened(script),
                    folder=shortened(posixpath.dirname(script)),
                )

    @staticmethod
    def _opens_anything_else(deployment: Deployment) -> bool:
        """Whether access is also given in a way that is not compared here."""
        for _document, placed in deployment.named('apache', *SECTIONS):
            arguments = placed.statement.arguments
            plain = placed.statement.key == '<directory' and len(arguments) == 1
            if not plain or any(c in arguments[0].text for c in '*?[$'):
                return True
        granted = deployment.named('apache', *OPENED_BY)
        return any(placed.scope is None for _document, placed in granted) or not shows_all(
            deployment
        )


def _opens(section: Statement) -> bool:
    """Whether a section lets somebody in, itself or in the conditions that stand in it."""
    waiting = list(section.body or ())
    while waiting:
        inner = waiting.pop()
        if inner.key in OPENED_BY:
            return True
        waiting += () if inner.key in SECTIONS else inner.body or ()
    return False


def _holds(folder: str, path: str) -> bool:
    return folder in ('/', path) or path.startswith(f'{folder}/')
