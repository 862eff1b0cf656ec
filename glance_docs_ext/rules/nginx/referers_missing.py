"""NGX244: referers of which none is a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class ReferersMissing(Rule):
    """``none`` and ``blocked`` of ``valid_referers`` stand beside a name, or ``server_names``.

    A regular expression is no name. Several ``valid_referers`` of a block count as one.
    """

    code = 'NGX244'
    name = 'referers-missing'
    severity = Severity.ERROR
    message = 'valid_referers names no host'
    help = 'add server_names, or the name of a host'
    engines = ('nginx',)
    names = ('valid_referers',)
    bad = (Example('nginx', 'location / {\n    valid_referers none blocked;\n}\n'),)
    good = (
        Example('nginx', 'location / {\n    valid_referers none blocked server_names;\n}\n'),
        Example('nginx', 'location / {\n    valid_referers ~example;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_referer_merge_conf()``: "the "none" or "blocked" referers are specified … '
        'without any valid referer"; nginx 1.22, asked.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        together: dict[Statement, list[Statement]] = {}
        for statement, scope in document.named(*self.names):
            if scope is not None:
                together.setdefault(scope.section, []).append(statement)
        for section, statements in together.items():
            words = [word.text for statement in statements for word in statement.arguments]
            others = [word for word in words if word not in MARKS and not word.startswith('~')]
            may_go_on = any(inner.key == 'include' for inner in section.body or ())
            if not others and not may_go_on and not MARKS.isdisjoint(words):
                yield self.report_at(  # nginx names no line of it
                    document.source.place(statements[0].span)
                )


MARKS = frozenset({'none', 'blocked'})
