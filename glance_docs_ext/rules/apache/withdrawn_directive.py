"""APA222: a directive that is there only to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

REMOVED = {
    'port': 'write Listen',
    'fancyindexing': 'write IndexOptions FancyIndexing',
    'ssllog': 'write ErrorLog',
    'sslloglevel': 'write LogLevel',
    'luahookinsertfilter': 'take it away: it was never implemented',
}


class WithdrawnDirective(StatementRule):
    """Apache still knows these names, to tell that they are gone."""

    code = 'APA222'
    name = 'withdrawn-directive'
    severity = Severity.ERROR
    message = 'Apache 2.4 refuses {name}: it was removed'
    help = '{remedy}'
    engines = ('apache',)
    names = REMOVED
    bad = (Example('apache', 'Port 80\n'),)
    good = (Example('apache', 'Listen 80\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/core.c: "Port was replaced with Listen in Apache 2.0"; mod_ssl.c; '
        'mod_autoindex.c; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        yield self.report(
            document,
            statement.name.span,
            name=statement.name.text,
            remedy=REMOVED[statement.key],
        )
