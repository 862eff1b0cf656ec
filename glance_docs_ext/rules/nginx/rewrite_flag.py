"""NGX218: a third word behind rewrite that is no flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class RewriteFlag(StatementRule):
    """The third word of ``rewrite`` is ``last``, ``break``, ``redirect`` or ``permanent``.

    They are written in small letters. The brackets of Apache's ``[L,R=301]`` mean nothing here.
    """

    code = 'NGX218'
    name = 'rewrite-flag'
    severity = Severity.ERROR
    message = 'rewrite has no flag {value!r}'
    help = 'write last, break, redirect or permanent'
    engines = ('nginx',)
    names = ('rewrite',)
    bad = (Example('nginx', 'rewrite ^/old$ /new [R=301];\n'),)
    good = (Example('nginx', 'rewrite ^/old$ /new permanent;\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_rewrite()``: "invalid parameter".'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words = statement.arguments
        if len(words) < 3 or words[2].text in FLAGS:
            return ()
        return [self.report(document, words[2].span, value=shortened(words[2].text))]


FLAGS = frozenset({'last', 'break', 'redirect', 'permanent'})
