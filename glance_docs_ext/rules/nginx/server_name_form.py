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
    """An asterisk in ``server_name`` or ``valid_referers`` stands for whole labels.

    It comes first or last: ``*.example.org``, ``www.example.*``.
    """

    code = 'NGX227'
    name = 'server-name-form'
    severity = Severity.ERROR
    message = '{value!r} is no server name'
    help = 'write *.example.org, .example.org, www.example.* or a regular expression behind ~'
    engines = ('nginx',)
    names = ('server_name', 'valid_referers')
    bad = (
        Example('nginx', 'server {\n    server_name *example.org;\n}\n'),
        Example('nginx', 'location / {\n    valid_referers none *example.org;\n}\n'),
    )
    good = (
        Example('nginx', 'server {\n    server_name *.example.org;\n}\n'),
        Example('nginx', 'location / {\n    valid_referers none *.example.org/a*b;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_core_server_name()``: "server name "x" is invalid"; '
        '``ngx_http_valid_referers()``: "invalid hostname or wildcard".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named('valid_referers'):
            for word in statement.arguments:
                if _is_refused(word.text):
                    yield self.report(document, word.span, value=shortened(word.text))
        for statement, _scope in document.named('server_name'):
            if statement.contexts and not statement.contexts & {'server', 'stream-server'}:
                continue
            for word in statement.arguments:
                text = word.text
                if (text.startswith('*') and (len(text) < 3 or text[1] != '.')) or text == '.':
                    yield self.report(document, word.span, value=shortened(text))


def _is_refused(referer: str) -> bool:
    """Whether nginx cannot take the host of a referer for a name, ``ngx_hash_add_key()``."""
    host = referer.partition('/')[0]
    if referer.startswith('~') or ('*' not in host and '..' not in host):
        return False
    first = host.startswith('*.') and len(host) > 2
    return '..' in host or '*' in (host[2:] if first else host.removesuffix('.*'))
