"""NGX302: ``listen … http2`` where the version that is deployed wants ``http2 on``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SINCE = '1.25.1'
HOSTS = frozenset({'server'})


class DeprecatedListenParameter(StatementRule):
    """Since 1.25.1 HTTP/2 is switched on for a host, with ``http2 on``, not for an address.

    The parameter ``http2`` of ``listen`` still works there, with a warning at each start. The rule
    speaks where somebody says which version is deployed.
    """

    engines = ('nginx',)
    names = ('listen',)
    code = 'NGX302'
    name = 'deprecated-listen-parameter'
    severity = Severity.INFO
    message = 'the parameter http2 of listen is deprecated since nginx 1.25.1'
    help = 'write "http2 on;" in the server, unless the block is for older versions, too'
    bad = (Example('nginx', 'server {\n    listen 443 ssl http2;\n}\n', version='1.26.3'),)
    good = (
        Example('nginx', 'server {\n    listen 443 ssl;\n    http2 on;\n}\n', version='1.26.3'),
        Example('nginx', 'server {\n    listen 443 ssl http2;\n}\n', version='1.22.1'),
        Example('nginx', 'server {\n    listen 443 ssl http2;\n}\n'),
    )
    exceptions = 'The block is for nginx before 1.25.1, too: that knows no "http2 on".'
    source = (
        'CHANGES with nginx 1.25.1: "the "http2" parameter of the "listen" directive is '
        'deprecated"; the directive http2 appeared in that version.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if engine.version is None or engine.version.is_before(SINCE):
            return ()
        if statement.contexts and not statement.contexts & HOSTS:
            return ()
        words = statement.arguments[1:]
        return [self.report(document, word.span) for word in words if word.text == 'http2']
