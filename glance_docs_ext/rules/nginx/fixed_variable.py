"""NGX222: a variable of nginx that a directive tries to set."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import DEFINE, known
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


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
    bad = (Example('nginx', 'location / {\n    set $host glance.example.org;\n}\n'),)
    good = (Example('nginx', 'location / {\n    set $backend_host glance.example.org;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_add_variable()``: "the duplicate "x" variable".'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        index = DEFINE[statement.key]
        words = statement.arguments
        if statement.key.startswith('js') or len(words) <= max(index, 0):
            return
        name = words[index].text
        if name.startswith('$') and name[1:].lower() in _fixed(statement.contexts):
            yield self.report(document, words[index].span, name=shortened(name[1:]))


@cache
def _fixed(contexts: frozenset[str]) -> frozenset[str]:
    """Return the names of variables that nothing may set in any of these places."""
    in_http = not contexts or not contexts.isdisjoint(HTTP)
    in_stream = any(name.startswith('stream') for name in contexts)
    kinds = [kind for kind, here in (('http', in_http), ('stream', in_stream)) if here]
    return frozenset.intersection(*(known(kind).fixed for kind in kinds)) if kinds else frozenset()


HTTP = frozenset({'http', 'server', 'location', 'server-if', 'location-if'})
