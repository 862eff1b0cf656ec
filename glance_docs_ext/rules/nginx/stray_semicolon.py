"""NGX105: a semicolon with nothing before it."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class StraySemicolon(Rule):
    """nginx has no empty statements: a second semicolon, or one behind a brace, is an error."""

    code = 'NGX105'
    name = 'stray-semicolon'
    severity = Severity.ERROR
    message = '";" ends nothing here'
    help = 'take it away'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'server {\n    listen 80;;\n}\n'),
        Example('nginx', 'server {\n    listen 80;\n};\n'),
    )
    good = (Example('nginx', 'server {\n    listen 80;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "unexpected ";"".'
