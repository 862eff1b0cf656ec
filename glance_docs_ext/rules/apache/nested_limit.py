"""APA240: a <Limit> that leaves no method of the one around it, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.values import all_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Placed, Statement

LIMIT, EXCEPT = '<limit', '<limitexcept'
KEYS = (LIMIT, EXCEPT)
MOST = 64  # methods that Apache can tell from each other (METHODS of httpd.h)


class Methods(NamedTuple):
    """The methods that are named, or all but these."""

    others: bool
    named: frozenset[str]

    def within(self, outer: Methods) -> Methods:
        """Return the methods that are in ``outer`` as well."""
        if self.others and outer.others:
            return Methods(others=True, named=self.named | outer.named)
        if self.others:
            return Methods(others=False, named=outer.named - self.named)
        kept = self.named - outer.named if outer.others else self.named & outer.named
        return Methods(others=False, named=kept)


NONE = Methods(others=False, named=frozenset())


class NestedLimit(Rule):
    """A ``<Limit>`` inside another has to narrow it: some of its methods, and not all of them."""

    code = 'APA240'
    name = 'nested-limit'
    severity = Severity.ERROR
    message = '{name} leaves {what} of the <{outer}> around it'
    help = 'write one of them, with the methods that are meant, or "Require method"'
    engines = ('apache',)
    names = KEYS
    bad = (
        Example(
            'apache',
            '<Location /v2>\n    <Limit GET HEAD>\n        <LimitExcept HEAD>\n            '
            'Require valid-user\n        </LimitExcept>\n    </Limit>\n</Location>\n',
        ),
        Example(
            'apache',
            '<Location /v2>\n    <Limit POST>\n        <Limit PUT POST>\n            '
            'Require valid-user\n        </Limit>\n    </Limit>\n</Location>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<Location /v2>\n    <Limit GET>\n        Require valid-user\n    </Limit>\n'
            '</Location>\n',
        ),
        Example(
            'apache',
            '<Location /v2>\n    <Limit GET POST>\n        <LimitExcept GET>\n            '
            'Require valid-user\n        </LimitExcept>\n    </Limit>\n</Location>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_limit_section()`` in server/core.c: "directive excludes all methods", "specifies '
        'methods already excluded"; measured with Apache 2.4.71, eight lists of methods inside '
        'eight others.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        limits = document.named(*KEYS)
        if not any(map(_is_nested, limits)):
            return
        around = document.handed_down(None, _around)
        for statement, scope in limits:
            outer = around[scope]
            left = _left(statement, outer)
            if outer and _is_refused(left, outer):
                yield self.report(
                    document,
                    statement.name.span,
                    name=statement.name.text,
                    what='no method' if left == NONE else 'all methods',
                    outer=outer.limit.name.text.strip('<>'),
                )


def _is_nested(limit: Placed) -> bool:
    return limit.scope is not None and any(one.key in KEYS for one in limit.scope.sections())


class Around(NamedTuple):
    """The innermost limit around a place, and the methods left in it; None if not known."""

    limit: Statement
    methods: Methods | None


def _around(section: Statement, outer: Around | None) -> Around | None:
    """Return what is around what stands in a section; behind a fault nothing is known."""
    if section.key not in KEYS:
        return outer
    left = _left(section, outer)
    return Around(section, None if outer and _is_refused(left, outer) else left)


def _left(limit: Statement, outer: Around | None) -> Methods | None:
    """Return the methods that a limit leaves of those around it; None if not known."""
    methods = _methods(limit) if all_known(limit) and len(limit.arguments) <= MOST else None
    if methods is None or outer is None:
        return methods
    left = None if outer.methods is None else methods.within(outer.methods)
    return left if left and len(left.named) <= MOST else None


def _is_refused(left: Methods | None, outer: Around) -> bool:
    return left is not None and left in {NONE, outer.methods}


def _methods(section: Statement) -> Methods:
    """Return the methods that a section is about; HEAD goes with GET (mod_core's table)."""
    named = ('GET' if word.text == 'HEAD' else word.text for word in section.arguments)
    return Methods(others=section.key == EXCEPT, named=frozenset(named))
