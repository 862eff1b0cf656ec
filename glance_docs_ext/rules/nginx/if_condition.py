"""NGX216: a condition that nginx cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class IfCondition(StatementRule):
    """A condition is ``($variable)``, ``($variable = value)`` or a test of a file.

    The operators are ``=``, ``!=``, ``~``, ``~*``, ``!~`` and ``!~*``.
    There is no ``==``, no ``&&`` and no ``!$variable``; blanks stand around the operator.
    """

    code = 'NGX216'
    name = 'if-condition'
    severity = Severity.ERROR
    message = 'nginx cannot read this condition: {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('if',)
    bad = (
        Example('nginx', 'if ($request_method == POST) {\n    return 405;\n}\n'),
        Example('nginx', 'if ($http_x && $http_y) {\n    return 405;\n}\n'),
        Example('nginx', 'if ($request_method=POST) {\n    return 405;\n}\n'),
    )
    good = (
        Example('nginx', 'if ($request_method = POST) {\n    return 405;\n}\n'),
        Example('nginx', 'if (-f $request_filename) {\n    break;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_rewrite_if_condition()`` in src/http/modules/ngx_http_rewrite_module.c.'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words = [word.text for word in statement.arguments]
        complaint = _complaint(words) if words else ''
        if not complaint:
            return ()
        span, remedy = statement.rest.span, _remedy(words)
        return [self.report(document, span, complaint=complaint, remedy=remedy)]


JOINING = frozenset({'&&', '||', 'and', 'or'})


def _remedy(words: list[str]) -> str:
    if not JOINING.isdisjoint(words):
        return 'it has no "and" and no "or": use a map, or set in one if what another tests'
    if words[0].startswith('(!$'):
        return 'write ($variable = "") or ($variable = 0): it has no "not"'
    if '==' in words:
        return 'write one "="'
    return 'write ($variable), ($variable = value) or (-f $variable)'


OPERATORS = frozenset({'=', '!=', '~', '~*', '!~', '!~*'})
TESTS = frozenset(f'{no}-{what}' for no in ('', '!') for what in 'fdex')


def _complaint(words: list[str]) -> str:
    if not words[0].startswith('('):
        return 'it stands in ( )'
    if not words[-1].endswith(')'):
        return 'a ")" is missing at the end'
    words = [words[0][1:], *words[1:]]
    words[-1] = words[-1][:-1]
    words = words[1:] if not words[0] else words
    words = words[:-1] if len(words) > 1 and not words[-1] else words
    first = words[0] if words else ''
    if first.startswith('$') and len(first) > 1:
        return _comparison(first, words[1:])
    if first not in TESTS:
        return f'{shortened(first)!r} is neither a variable nor a test'
    return '' if len(words) == 2 else 'a test takes one word'


def _comparison(first: str, rest: list[str]) -> str:
    if not first[1:].isidentifier() and not first[1:].isdigit():
        return f'{shortened(first)!r} is no variable; blanks stand around the operator'
    if not rest:
        return ''
    if rest[0] not in OPERATORS:
        return f'there is no operator {shortened(rest[0])!r}'
    return '' if len(rest) == 2 else 'one value stands behind the operator'
