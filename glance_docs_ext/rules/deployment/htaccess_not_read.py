"""DEP622: an .htaccess file that Apache does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.apache.override_classes import permissions
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

OPENED = '<Directory /srv/www>\n    AllowOverride {}\n    Require all granted\n</Directory>\n'
HTACCESS = 'AuthType Basic\nRequire valid-user\n'


class HtaccessNotRead(DeploymentRule):
    """Nothing in the file has an effect; a folder that it should close stays open.

    With ``AllowOverride None``, which is also what Apache does unasked, it looks for no
    ``.htaccess`` at all.
    """

    code = 'DEP622'
    name = 'htaccess-not-read'
    severity = Severity.WARNING
    message = 'Apache does not read this .htaccess: AllowOverride is None'
    help = 'name the classes that it needs in AllowOverride, or write its lines into <Directory>'
    bad = (Example('apache', OPENED.format('None')), Example('apache', HTACCESS, 'htaccess'))
    good = (Example('apache', OPENED.format('AuthConfig')), Example('apache', HTACCESS, 'htaccess'))
    exceptions = 'The file is for a directory that the page does not show.'
    source = (
        '``ap_parse_htaccess()`` in server/config.c is not called; measured with Apache 2.4.71 '
        '(tests/behaviour/test_htaccess.py).'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        given = permissions(deployment)
        if not given or not all(permission.nothing for permission in given):
            return
        if not shows_all(deployment):
            return
        first = given[0]
        shown = Related(first.document.source.place(first.statement.span), 'it says so')
        for document in deployment.of('apache'):
            if document.context == 'htaccess' and document.statements:
                place = document.statements[0].name.span
                yield self.report(document, place).with_related(shown)
