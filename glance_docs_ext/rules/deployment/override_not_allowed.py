"""DEP621: a line of .htaccess that AllowOverride does not allow there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.apache import CATALOGUE
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.apache.override_classes import (
    CLASSES,
    OPTIONS,
    permissions,
    together,
)
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.rules.apache.override_classes import Allowed
    from glance_docs_ext.syntax import Statement

OPENED = '<Directory /srv/www>\n    AllowOverride {}\n    Require all granted\n</Directory>\n'
HTACCESS = 'AuthType Basic\nRequire valid-user\nErrorDocument 404 /none.html\nOptions +MultiViews\n'


class OverrideNotAllowed(DeploymentRule):
    """Every request beneath the folder of the file is answered with 500.

    ``AllowOverride`` names the classes of directives that an ``.htaccess`` file may hold, and
    Apache reads the file while it answers, so it starts without a word. Where the blocks of a page
    say what they allow, each line of an ``.htaccess`` block must be allowed by one of them, and so
    must each word of ``Options``: the bare class ``Options`` allows neither ``MultiViews`` nor
    ``SymLinksIfOwnerMatch``.
    """

    code = 'DEP621'
    name = 'override-not-allowed'
    severity = Severity.ERROR
    message = '{name} in .htaccess is answered with 500: AllowOverride does not allow {what}'
    help = '{remedy}, or write the line into <Directory>'
    bad = (
        Example('apache', OPENED.format('AuthConfig Options')),
        Example('apache', HTACCESS, 'htaccess'),
    )
    good = (
        Example('apache', OPENED.format('AuthConfig FileInfo Options=MultiViews')),
        Example('apache', HTACCESS, 'htaccess'),
    )
    exceptions = 'The file is for a directory that the page does not show.'
    source = (
        '``invoke_cmd()`` in server/config.c: "X not allowed here". Measured with Apache 2.4.71, '
        'each of its directives in each class (tests/behaviour/test_htaccess.py).'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        given = [permission for permission in permissions(deployment) if not permission.nothing]
        if not given or not shows_all(deployment):
            return
        first = given[0]
        shown = Related(first.document.source.place(first.statement.span), 'what is allowed')
        allowed = together(given)
        for document in deployment.of('apache'):
            for statement, _scope in document.placed if document.context == 'htaccess' else ():
                if missing := _missing(statement, allowed):
                    yield self.report(
                        document, statement.name.span, name=statement.name.text, **missing
                    ).with_related(shown)


def _missing(statement: Statement, allowed: Allowed) -> dict[str, str]:
    """Return what is not allowed of a line and what to do, {} where all of it is."""
    entries = [e for e in CATALOGUE[statement.key] if 'htaccess' in e.contexts]
    classes = frozenset(CLASSES) & frozenset[str]().union(*(e.flags for e in entries))
    if classes and not allowed.allows(statement.key, classes):
        named = ' or '.join(one for one in CLASSES if one in classes)
        return {'what': named, 'remedy': f'add {named} to AllowOverride'}
    if statement.key == OPTIONS and (option := allowed.option_beyond(statement)):
        remedy = f'name {option} behind "Options=" in AllowOverride'
        return {'what': f'the option {option}', 'remedy': remedy}
    return {}
