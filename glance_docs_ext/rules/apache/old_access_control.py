"""APA301: access control in the way of Apache 2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

OLD = ('order', 'allow', 'deny', 'satisfy')
GUARDS = frozenset({'<ifversion', '<ifmodule', '<ifdefine', '<ifdirective'})


class OldAccessControl(Rule):
    """``Order``, ``Allow``, ``Deny`` and ``Satisfy`` are of Apache 2.2.

    2.4 only has them where mod_access_compat is loaded, and refuses to start elsewhere. Mixed with
    ``Require``, both must let a request through.
    """

    engines = ('apache',)
    names = OLD
    code = 'APA301'
    name = 'old-access-control'
    severity = Severity.INFO
    message = '{name} is from Apache 2.2: 2.4 refuses it without mod_access_compat'
    help = 'write "Require all granted" or another Require'
    bad = (
        Example(
            'apache',
            '<Directory /srv/wsgi>\n    Order allow,deny\n    Allow from all\n</Directory>\n',
        ),
    )
    good = (
        Example('apache', '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'),
        Example('apache', '<IfVersion < 2.4>\n    Order allow,deny\n</IfVersion>\n'),
    )
    exceptions = 'The servers load mod_access_compat, as those of Debian do.'
    source = (
        '"Upgrading to 2.4 from 2.2" in the manual of Apache. Measured with Apache 2.4.71: '
        '"Invalid command \'Order\'" without the module.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        told: set[Statement | None] = set()
        for statement, scope in sorted(document.named(*OLD), key=lambda p: p.statement.name.start):
            sections = tuple(scope.sections()) if scope else ()
            around = sections[0] if sections else None
            if around in told or not GUARDS.isdisjoint(section.key for section in sections):
                continue
            told.add(around)  # the lines behind the first belong to it
            yield self.report(document, statement.name.span, name=statement.name.text)
