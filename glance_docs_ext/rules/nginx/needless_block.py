"""NGX111: braces behind a directive that is no block."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class NeedlessBlock(Rule):
    """Only some directives are blocks; behind all others a brace stands for a lost semicolon."""

    code = 'NGX111'
    name = 'needless-block'
    severity = Severity.ERROR
    message = '{name!r} takes no block'
    help = 'end it with ";"'
    engines = ('nginx',)
    bad = (Example('nginx', 'server {\n    root /srv {\n        index index.html;\n    }\n}\n'),)
    good = (Example('nginx', 'server {\n    root /srv;\n    index index.html;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "directive "x" is not terminated by ";"".'
