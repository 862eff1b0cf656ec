"""NGX112: a brace in a regular expression without quotes."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnquotedBrace(Rule):
    """A "{" ends a word and opens a block, also in the middle of a regular expression.

    nginx compiles what stands before it, and takes what stands behind it for a directive.
    """

    code = 'NGX112'
    name = 'unquoted-brace'
    severity = Severity.ERROR
    message = '"{{" in a value needs quotes'
    help = 'put the whole expression into quotes'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'rewrite ^/v[0-9]{1} /new;\n'),
        Example('nginx', 'location ~ ^/[0-9a-f]{32}$ {\n    root /srv;\n}\n'),
    )
    good = (Example('nginx', 'location ~ "^/[0-9a-f]{32}$" {\n    root /srv;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c, and the note on quotes in the description of ``location``.'
