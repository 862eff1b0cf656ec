"""NGX222: a variable of nginx that a directive tries to set."""

from __future__ import annotations

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
        in_stream = any(name.startswith('stream') for name in statement.contexts)
        in_http = any(name in HTTP for name in statement.contexts) or not statement.contexts
        name = words[index].text
        kinds = [k for k, here in (('http', in_http), ('stream', in_stream)) if here]
        if (
            name.startswith('$')
            and kinds
            and all(name[1:].lower() in known(k).fixed for k in kinds)
        ):
            yield self.report(document, words[index].span, name=shortened(name[1:]))


HTTP = frozenset({'http', 'server', 'location', 'server-if', 'location-if'})
