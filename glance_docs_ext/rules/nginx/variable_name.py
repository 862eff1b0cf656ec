"""NGX220: a variable whose name nginx cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import (
    DEFINE,
    DEFINING,
    USED_IN,
    lone_dollars,
    uses,
    words_with_variables,
)
from glance_docs_ext.engines.nginx.wholes import around, end_of_http, is_read
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class VariableName(Rule):
    """A variable is ``$name`` or ``${name}``; a directive that defines one wants the ``$`` too.

    A ``$`` that should stand for itself cannot be written in a value that takes variables.
    """

    code = 'NGX220'
    name = 'variable-name'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = (*DEFINE, *USED_IN)
    bad = (
        Example('nginx', 'server {\n    set backend 127.0.0.1;\n}\n'),
        Example('nginx', 'location / {\n    set_md5 digest $arg_id;\n}\n'),
        Example('nginx', 'location / {\n    return 200 "costs 5 $";\n}\n'),
        Example('nginx', 'location / {\n    echo "costs 5 $";\n}\n'),
        Example('nginx', 'map $uri new {\n    default a;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    set_md5 $digest $arg_id;\n}\n'),
        Example('nginx', 'server {\n    set $backend 127.0.0.1;\n}\n'),
        Example('nginx', 'map $uri $new {\n    default a;\n}\n'),
        Example('nginx', 'http {\n    ssl_certificate /a$;\n    ssl_certificate_key /b;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_rewrite_set()``, ``ngx_http_script_compile()``: "invalid variable name".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.among(DEFINING):
            index = DEFINE[statement.key]
            if statement.key == 'geo':
                words = list(statement.arguments)
            else:
                words = list(statement.arguments[index : index + 1])
            for word in words:
                if not word.text.startswith('$'):
                    yield self.report(
                        document,
                        word.span,
                        complaint=f'{shortened(word.text)!r} is no name of a variable',
                        remedy='write "$" before it',
                    )
        lone = lone_dollars(document.source.text)
        for statement in around(document, lone) if lone else ():
            for word in words_with_variables(statement) if is_read(document, statement) else ():
                fault = next((use.fault for use in uses(word.text) if use.fault), '')
                if fault:
                    found = self.report(
                        document,
                        word.span,
                        complaint=f'there is no variable in {shortened(word.text)!r}: {fault}',
                        remedy=_remedy(word.text),
                    )
                    late = statement.key in READ_LATE
                    end = end_of_http(document, statement) if late else None
                    yield self.noticed(found, document, end)


def _remedy(text: str) -> str:
    if '$(' in text:
        return 'show what a shell puts in, or write $name'
    if '$$' in text:
        return 'write one "$": two are for what makes one of them, as Compose does'
    return 'write $name or ${name}'


READ_LATE = frozenset(
    (
        *('proxy_set_header', 'proxy_set_body', 'grpc_set_header'),
        *('fastcgi_param', 'uwsgi_param', 'scgi_param'),
    )
)
"""The directives whose variables nginx looks for when it has read all of http."""
