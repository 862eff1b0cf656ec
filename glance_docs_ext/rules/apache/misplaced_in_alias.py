"""APA246: a directive in the section of a provider alias that allows no such directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.apache.override_classes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SECTIONS = ('<authnprovideralias', '<authzprovideralias')
OF_DIRECTORIES = frozenset(('directory', 'location', 'files'))
AUTHORIZATION = 'AuthConfig'


class MisplacedInAlias(StatementRule):
    """A provider under another name has settings of its own: those of directories and of logins.

    What sections and ``.htaccess`` files may say for another reason (``Options``, ``FileInfo``, …),
    and what is said to the whole server, may not stand there. Names of third parties are not
    judged.
    """

    code = 'APA246'
    name = 'misplaced-in-alias'
    severity = Severity.ERROR
    message = 'Apache does not allow {name!r} in {section}'
    help = 'write there what the provider needs, such as AuthUserFile, and this outside of it'
    engines = ('apache',)
    names = SECTIONS
    bad = (
        Example(
            'apache',
            '<AuthnProviderAlias file glance>\n    AuthUserFile /srv/passwords\n'
            '    Options Indexes\n</AuthnProviderAlias>\n',
        ),
        Example(
            'apache',
            '<AuthzProviderAlias ip here "127.0.0.1">\n    Timeout 5\n</AuthzProviderAlias>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<AuthnProviderAlias file glance>\n    AuthUserFile /srv/passwords\n'
            '</AuthnProviderAlias>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'authaliassection() of mod_authn_core.c reads it with ``OR_AUTHCFG | ACCESS_CONF``; each '
        'directive of Apache 2.4.71 was tried: "X not allowed in <AuthnProviderAlias> context".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        for inner in statement.body or ():
            entries = engine.catalogue[inner.key]
            if entries and not any(map(_may_stand, entries)):
                yield self.report(
                    document,
                    inner.name.span,
                    name=inner.name.text,
                    section=statement.name.text,
                )


def _may_stand(entry: Entry) -> bool:
    """Whether an entry may stand in the section of an alias, or is another's."""
    if entry.package or not entry.contexts:
        return True
    classes = entry.flags.intersection(CLASSES)
    if classes:
        return AUTHORIZATION in classes
    return not entry.contexts.isdisjoint(OF_DIRECTORIES)
