"""NGX303: a directive that does nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

INSTEAD = {
    'http2_idle_timeout': 'keepalive_timeout',
    'http2_max_concurrent_pushes': '',
    'http2_max_field_size': 'large_client_header_buffers',
    'http2_max_header_size': 'large_client_header_buffers',
    'http2_max_requests': 'keepalive_requests',
    'http2_push': '',
    'http2_push_preload': '',
    'http2_recv_timeout': 'client_header_timeout',
}


class ObsoleteDirective(StatementRule):
    """nginx takes the directive, warns that it is obsolete, and does not look at its value.

    What the directives of HTTP/2 for times and sizes said is said for all versions of HTTP now;
    ``http2_push`` and its like have nothing in their place, for nginx pushes nothing any more.
    """

    code = 'NGX303'
    name = 'obsolete-directive'
    severity = Severity.INFO
    message = '{name} has no effect since nginx {since}'
    help = '{remedy}, unless the file is for older versions, too'
    engines = ('nginx',)
    names = INSTEAD
    bad = (
        Example('nginx', 'server {\n    http2_max_requests 2000;\n}\n'),
        Example('nginx', 'location / {\n    http2_push /style.css;\n}\n'),
    )
    good = (
        Example('nginx', 'server {\n    keepalive_requests 2000;\n}\n'),
        Example('nginx', 'location / {\n    http2_push /style.css;\n}\n', version='1.22.1'),
    )
    exceptions = 'The file is for older versions, too.'
    source = (
        'CHANGES with nginx 1.19.7 and 1.25.1; nginx 1.22.1, 1.26.3 and 1.30.6 warn: "the '
        '"http2_push" directive is obsolete, ignored".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        since = max((entry.inert_since for entry in engine.catalogue[statement.key]), default='')
        if engine.version is not None and engine.version.is_before(since):
            return ()
        other = INSTEAD[statement.key]
        remedy = f'write {other} in its place' if other else 'take it away'
        name = statement.name.text
        return [self.report(document, statement.name.span, name=name, since=since, remedy=remedy)]
