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
GROUPS = frozenset(('<requireall', '<requireany', '<requirenone'))
MEMBERS = frozenset(
    (
        *('require', *GROUPS),
        *('use', 'include', 'includeoptional', '<iffile'),  # what these hold is not known
    )
)


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
    names = ('require', *GROUPS)
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
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n        Require all granted\n        '
            '<RequireAll>\n            Require not ip 192.0.2.1\n        </RequireAll>\n    '
            '</RequireAll>\n</Directory>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'mod_authz_core.c: "directive contains no authorization directives", "contains only '
        'negative authorization directives", "negative Require directive has no effect"; measured '
        'with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        outer: dict[Statement, Statement] = {}
        if not document.keys.isdisjoint(GROUPS):
            groups = _groups(document)
            outer = {member: group for group, members in groups.items() for member in members}
            yield from self._undecided(document, groups, outer)
        for statement, _scope in document.named('require', '<requirenone'):
            if not _is_negation(statement):
                continue
            around = outer[statement].key if statement in outer else None
            if around != '<requireall' and statement.contexts:
                word = statement.arguments[0] if statement.key == 'require' else statement.name
                yield self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    what='a negation has no effect here',
                    remedy='put it into a <RequireAll>, beside what grants access',
                )

    def _undecided(
        self,
        document: Document,
        groups: dict[Statement, list[Statement]],
        outer: dict[Statement, Statement],
    ) -> Iterator[Diagnostic]:
        negative: set[Statement] = set()  # RequireAll with nothing but negations
        for group in sorted(groups, key=lambda s: -s.name.start):  # inner ones first
            kinds = {_kind(member, negative) for member in groups[group]}
            if kinds == {'not'} and group.key == '<requireall':
                negative.add(group)
            if not kinds:
                yield self._report(document, group, 'it holds nothing that grants or denies access')
        for group in negative:
            if group not in outer or outer[group].key != '<requireall':
                what = 'it holds nothing but negations, so it never grants access'
                yield self._report(document, group, what)

    def _report(self, document: Document, group: Statement, what: str) -> Diagnostic:
        remedy = 'write a Require inside, such as "Require all granted"'
        return self.report(
            document, group.name.span, name=group.name.text, what=what, remedy=remedy
        )


def _groups(document: Document) -> dict[Statement, list[Statement]]:
    """Return the groups of authorization, each with what stands directly in it."""
    groups: dict[Statement, list[Statement]] = {
        group: [] for group, _scope in document.among(GROUPS)
    }
    for statement, scope in document.among(MEMBERS):
        group = _around(scope)
        if group is not None:
            groups[group].append(statement)
    return groups


def _is_negation(statement: Statement) -> bool:
    words = statement.arguments
    return statement.key == '<requirenone' or bool(words and words[0].text == 'not')


def _kind(member: Statement, negative: set[Statement]) -> str:
    """Return "not" or "yes", and "maybe" for what cannot be told."""
    if not member.key.startswith(('require', '<require')):
        return 'maybe'
    return 'not' if member in negative or _is_negation(member) else 'yes'


def _around(scope: Scope | None) -> Statement | None:
    """Return the group of authorization that a statement is in."""
    for section in scope.sections() if scope else ():
        if section.key in GROUPS:
            return section
        if not section.key.startswith(TRANSPARENT):
            return None
    return None
