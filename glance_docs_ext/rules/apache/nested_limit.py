"""APA240: a <Limit> inside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

KEYS = ('<limit', '<limitexcept')


class NestedLimit(Rule):
    """The methods of a request are limited once: inside, none would be left."""

    code = 'APA240'
    name = 'nested-limit'
    severity = Severity.ERROR
    message = '{name} stands inside <{outer}>'
    help = 'write one of them, with all its methods, or "Require method"'
    engines = ('apache',)
    names = KEYS
    bad = (
        Example(
            'apache',
            '<Location /v2>\n    <Limit GET HEAD>\n        <LimitExcept HEAD>\n            '
            'Require valid-user\n        </LimitExcept>\n    </Limit>\n</Location>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<Location /v2>\n    <Limit GET>\n        Require valid-user\n    </Limit>\n'
            '</Location>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_limit_section()`` in server/core.c: "directive excludes all methods", "specifies '
        'methods already excluded"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*KEYS):
            outer = next((s for s in scope.sections() if s.key in KEYS), None) if scope else None
            if outer is not None or statement.contexts == frozenset({'limit'}):
                name = outer.name.text.strip('<>') if outer else 'Limit'
                yield self.report(
                    document, statement.name.span, name=statement.name.text, outer=name
                )
