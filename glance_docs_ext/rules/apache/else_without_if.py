"""APA225: an <Else> without an <If> before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.conditions import CONDITIONS
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement

TELLING = frozenset(('<if', '<elseif', '<else', 'include', 'includeoptional', 'use', '<iffile'))


class ElseWithoutIf(Rule):
    """``<Else>`` and ``<ElseIf>`` belong to an ``<If>`` before them, in the same section."""

    code = 'APA225'
    name = 'else-without-if'
    severity = Severity.ERROR
    message = '{name} has no <If> before it'
    help = '{remedy}'
    engines = ('apache',)
    names = ('<else', '<elseif')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    <Else>\n    </Else>\n</VirtualHost>\n'),
        Example('apache', '<If "true">\n</If>\n<Else>\n</Else>\n<Else>\n</Else>\n'),
    )
    good = (
        Example(
            'apache',
            '<If "true">\n</If>\n<Else>\n</Else>\n<If "false">\n</If>\n<Else>\n</Else>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    <If "true">\n    </If>\n    <Else>\n    </Else>\n'
            '</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/core.c: "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in '
        'same scope"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if not document.keys & {'<else', '<elseif'}:
            return
        seen: set[object] = set()
        for statement, scope in document.placed:
            if statement.key not in TELLING:
                continue
            section = _section(scope)
            if statement.key in {'<if', '<elseif'}:
                if statement.key == '<elseif' and section not in seen:
                    yield self._report(document, statement)
                seen.add(section)
            elif statement.key == '<else':
                if section not in seen:
                    yield self._report(document, statement)
                if section is (scope.section if scope else None):
                    seen.discard(section)  # it is the last; in a condition it may not be there
            else:
                seen.add(section)  # what it brings is not known

    def _report(self, document: Document, statement: Statement) -> Diagnostic:
        return self.report(
            document,
            statement.name.span,
            name=statement.name.text,
            remedy='write an <If> before it, in the same section',
        )


def _section(scope: Scope | None) -> Statement | None:
    """Return the section around a place; a condition is none."""
    sections = scope.sections() if scope else ()
    return next((s for s in sections if s.key not in CONDITIONS), None)
