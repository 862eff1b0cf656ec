"""NGX301: a directive that newer versions do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

INSTEAD = {'ssl': 'write "ssl" behind the port: listen 443 ssl;'}


class RemovedDirective(StatementRule):
    """The directive works in old versions only: a newer nginx refuses to start with it."""

    code = 'NGX301'
    name = 'removed-directive'
    severity = Severity.WARNING
    message = '{name} is unknown to nginx since version {version}'
    help = '{remedy}'
    engines = ('nginx',)
    names = INSTEAD
    bad = (Example('nginx', 'server {\n    listen 443;\n    ssl on;\n}\n'),)
    good = (Example('nginx', 'server {\n    listen 443 ssl;\n}\n'),)
    exceptions = 'The block is for an older version.'
    source = 'CHANGES of nginx 1.25.1: "the deprecated "ssl" directive is not supported anymore".'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        entries = engine.catalogue[statement.key]
        until = next((entry.until for entry in entries if entry.until), '')
        if until and engine.version is None:  # CFG205 speaks where a version is said
            yield self.report(
                document,
                statement.name.span,
                name=statement.name.text,
                version=until,
                remedy=INSTEAD[statement.key],
            )
