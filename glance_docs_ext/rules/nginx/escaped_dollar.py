"""NGX403: a variable with a backslash before it, which nginx keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import USED_IN, words_with_variables
from glance_docs_ext.engines.nginx.wholes import around
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

_ESCAPED = re.compile(r'\\(\$\{?[A-Za-z0-9_]+\}?)')


class EscapedDollar(Rule):
    r"""``\$host`` keeps ``$host`` from a shell. nginx puts the value in all the same.

    The backslash stays before it: ``return 301 https://\$host/`` sends clients to a host whose name
    begins with one. In a regular expression it is right, for there ``\$`` is a dollar.
    """

    code = 'NGX403'
    name = 'escaped-dollar'
    severity = Severity.WARNING
    message = 'nginx puts a backslash before what {variable} stands for'
    help = 'write {variable}: the backslash is for a shell that writes the file'
    engines = ('nginx',)
    names = tuple(USED_IN)
    bad = (
        Example('nginx', 'server {\n    return 301 https://\\$host/;\n}\n'),
        Example('nginx', 'location / {\n    add_header A "\\\\${host}";\n}\n'),
    )
    good = (
        Example('nginx', 'server {\n    return 301 https://$host/;\n}\n'),
        Example('nginx', 'location ~ ^/a\\$b {\n    rewrite ^/a\\$b(.*) /$1;\n}\n'),
        Example(
            'nginx', 'location / {\n    if ($uri ~ \\$host) {\n        return 404;\n    }\n}\n'
        ),
    )
    exceptions = 'None: who wants the backslash is not known to us.'
    source = '``ngx_conf_read_token()`` and ``ngx_http_script_compile()``; a server that answered.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if '\\$' not in text:
            return
        for statement in around(document, [found.start() for found in _ESCAPED.finditer(text)]):
            for word in words_with_variables(statement):
                found = _ESCAPED.search(word.text)
                if found:
                    yield self.report(document, word.span, variable=shortened(found[1]))
