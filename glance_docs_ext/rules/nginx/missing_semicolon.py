"""NGX101: a directive that no semicolon ends."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class MissingSemicolon(Rule):
    """nginx reads on over the line's end, and takes the next line for more arguments.

    It then complains about that line, or about a number of arguments that nobody wrote. The
    finding stands where the semicolon is missing.
    """

    code = 'NGX101'
    name = 'missing-semicolon'
    severity = Severity.ERROR
    message = 'expected ";" to end {name!r}'
    help = 'type a semicolon here'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'server {\n    listen 80\n    server_name glance.example.org;\n}\n'),
        Example('nginx', 'location / {\n    proxy_pass http://127.0.0.1:60999\n}\n'),
        Example('nginx', 'map $uri $new {\n    /a /b\n    /c /d;\n}\n'),
    )
    good = (
        Example('nginx', 'server {\n    listen 80;\n    server_name glance.example.org;\n}\n'),
        Example('nginx', 'server_name glance.example.org\n            www.example.org;\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'src/core/ngx_conf_file.c: "unexpected "}"", "invalid number of arguments", '
        '"unexpected end of file, expecting ";" or "}"".'
    )
