"""NGX227: a server name whose asterisk stands wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class ServerNameForm(Rule):
    """An asterisk in ``server_name`` stands for whole labels.

    It comes first or last: ``*.example.org``, ``www.example.*``.
    """

    code = 'NGX227'
    name = 'server-name-form'
    severity = Severity.ERROR
    message = '{value!r} is no server name'
    help = 'write *.example.org, .example.org, www.example.* or a regular expression behind ~'
    engines = ('nginx',)
    names = ('server_name',)
    bad = (Example('nginx', 'server {\n    server_name *example.org;\n}\n'),)
    good = (Example('nginx', 'server {\n    server_name *.example.org;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_core_server_name()``: "server name "x" is invalid".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named(*self.names):
            if statement.contexts and not statement.contexts & {'server', 'stream-server'}:
                continue
            for word in statement.arguments:
                text = word.text
                if (text.startswith('*') and (len(text) < 3 or text[1] != '.')) or text == '.':
                    yield self.report(document, word.span, value=shortened(text))
