"""NGX209: two locations for the same path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.locations import Location
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class DuplicateLocation(Rule):
    """nginx refuses a second location with the same path and the same kind in one block.

    ``^~ /a`` and ``/a`` are the same kind; ``= /a`` is another one. Regular
    expressions may be repeated.
    """

    code = 'NGX209'
    name = 'duplicate-location'
    severity = Severity.ERROR
    message = 'location {name} stands twice in this block'
    help = 'merge the two'
    engines = ('nginx',)
    names = ('location',)
    bad = (
        Example(
            'nginx',
            'server {\n'
            '    location /images {\n'
            '        root /a;\n'
            '    }\n'
            '    location /images {\n'
            '        root /b;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'server {\n'
            '    location /images {\n'
            '        root /a;\n'
            '    }\n'
            '    location = /images {\n'
            '        root /b;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_join_exact_locations()`` in src/http/ngx_http.c.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        locations = document.named(*self.names)
        if len(locations) < 2:
            return
        seen: dict[tuple[Statement | None, bool, str], Statement] = {}
        for statement, scope in locations:
            block = scope.section if scope else None
            if not statement.arguments:
                continue
            here = Location.of(statement)
            if here.is_regex or here.is_named or here.is_predicate(engine):
                continue
            first = seen.setdefault((block, here.is_exact, here.pattern), statement)
            if first is not statement:
                yield self.report(
                    document, statement.span, name=shortened(here.pattern)
                ).with_related(Related(document.source.place(first.span), 'the first one'))
