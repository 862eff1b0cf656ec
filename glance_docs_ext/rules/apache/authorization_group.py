"""APA207: a group of authorization that decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement

TRANSPARENT = ('<if', '<limit')


class AuthorizationGroup(Rule):
    """A ``<RequireAll>`` and its like must hold something that can grant access, where it is asked.

    Apache refuses a group that is empty, one that holds nothing but negations, and a negation
    where it could never have an effect.
    """

    code = 'APA207'
    name = 'authorization-group'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('require', '<requireall', '<requireany', '<requirenone')
    bad = (
        Example(
            'apache', '<Directory /srv/www>\n    <RequireAll>\n    </RequireAll>\n</Directory>\n'
        ),
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n        Require not ip 192.0.2.1\n    '
            '</RequireAll>\n</Directory>\n',
        ),
        Example('apache', '<Directory /srv/www>\n    Require not ip 192.0.2.1\n</Directory>\n'),
    )
    good = (
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n        Require all granted\n        '
            'Require not ip 192.0.2.1\n    </RequireAll>\n</Directory>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'mod_authz_core.c: "directive contains no authorization directives", "contains only '
        'negative authorization directives", "negative Require directive has no effect"; measured '
        'with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        groups = ('<requireall', '<requireany', '<requirenone')
        for statement, _scope in document.named(*groups):
            kinds = set(_kinds(statement))
            if not kinds:
                what = 'it holds nothing that grants or denies access'
            elif kinds == {'not'} and statement.key == '<requireall':
                what = 'it holds nothing but negations, so it never grants access'
            else:
                continue
            yield self.report(
                document,
                statement.name.span,
                name=statement.name.text,
                what=what,
                remedy='write a Require inside, such as "Require all granted"',
            )
        for statement, scope in document.named('require', '<requirenone'):
            outer = _group(scope)
            if outer != '<requireall' and _is_negative(statement) and statement.contexts:
                word = statement.arguments[0] if statement.key == 'require' else statement.name
                yield self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    what='a negation has no effect here',
                    remedy='put it into a <RequireAll>, beside what grants access',
                )


def _is_negative(statement: Statement) -> bool:
    words = statement.arguments
    return statement.key == '<requirenone' or bool(words and words[0].text == 'not')


def _kinds(group: Statement) -> Iterator[str]:
    """Yield what a group holds: "not" and "yes", and "maybe" for what cannot be told."""
    for statement in group.body or ():
        if statement.key == 'require' or statement.key.startswith('<require'):
            yield 'not' if _is_negative(statement) else 'yes'
        elif statement.key in {'use', 'include', 'includeoptional'}:
            yield 'maybe'
        elif statement.key.startswith(TRANSPARENT):
            yield from _kinds(statement)
            if statement.key == '<iffile':
                yield 'maybe'


def _group(scope: Scope | None) -> str | None:
    """Return the group of authorization that a statement is in."""
    for section in scope.sections() if scope else ():
        if section.key.startswith('<require'):
            return section.key
        if not section.key.startswith(TRANSPARENT):
            return None
    return None
