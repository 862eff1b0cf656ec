"""NGX222: a variable of nginx that a directive tries to set."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import DEFINE, known, uses
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


class FixedVariable(StatementRule):
    """The variables that describe the request are nginx's own.

    Only a few of them may be set, such as ``$args``.
    """

    code = 'NGX222'
    name = 'fixed-variable'
    severity = Severity.ERROR
    message = "${name} is nginx's own and cannot be set"
    help = 'choose another name'
    engines = ('nginx',)
    names = DEFINE
    bad = (
        Example('nginx', 'location / {\n    set $host glance.example.org;\n}\n'),
        Example('nginx', 'set $request_id "$pid-$msec-$request_length";\n'),
    )
    good = (Example('nginx', 'location / {\n    set $backend_host glance.example.org;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_add_variable()``: "the duplicate "x" variable".'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        index = DEFINE[statement.key]
        words = statement.arguments
        if statement.key.startswith('js') or len(words) <= max(index, 0):
            return ()
        name = words[index].text
        if not name.startswith('$'):
            return ()
        kinds = _kinds(statement.contexts)
        if len(kinds) > 1:
            kinds = _that_know(kinds, [word for word in words if word is not words[index]])
        if name[1:].lower() not in _fixed(kinds):
            return ()
        return [self.report(document, words[index].span, name=shortened(name[1:]))]


HTTP = frozenset({'http', 'server', 'location', 'server-if', 'location-if'})


@cache
def _kinds(contexts: frozenset[str]) -> tuple[str, ...]:
    """Return whether a place is one of ``http``, of ``stream``, or may be one of both."""
    in_http = not contexts or not contexts.isdisjoint(HTTP)
    in_stream = any(name.startswith('stream') for name in contexts)
    return tuple(kind for kind, here in (('http', in_http), ('stream', in_stream)) if here)


def _that_know(kinds: tuple[str, ...], words: Sequence[Word]) -> tuple[str, ...]:
    """Return the kinds that have all variables in ``words`` which one of them has."""
    used = {use.name for word in words if '$' in word.text for use in uses(word.text)}
    used = {name for name in used if any(known(kind).has(name) for kind in kinds)}
    return tuple(kind for kind in kinds if all(known(kind).has(name) for name in used)) or kinds


@cache
def _fixed(kinds: tuple[str, ...]) -> frozenset[str]:
    """Return the names of variables that nothing may set in any of these."""
    return frozenset.intersection(*(known(kind).fixed for kind in kinds)) if kinds else frozenset()
