"""NGX103: a block that no brace closes."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnclosedBlock(Rule):
    """At the end of the text nginx still waits for a closing brace.

    It names only the last line of the file. The finding stands at the block whose brace is
    missing, as far as the indentation shows which one that is.
    """

    code = 'NGX103'
    name = 'unclosed-block'
    severity = Severity.ERROR
    message = 'no "}}" closes {name!r}'
    help = 'type "}}" behind the last line of the block'
    engines = ('nginx',)
    bad = (Example('nginx', 'server {\n    location / {\n        root /srv;\n}\n'),)
    good = (Example('nginx', 'server {\n    location / {\n        root /srv;\n    }\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "unexpected end of file, expecting "}"".'
