"""NGX104: a brace that belongs to no block."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class StrayBrace(Rule):
    """A closing brace with no open block, or an opening one with no name before it.

    Often a brace too many some lines above, or a semicolon before the opening brace.
    """

    code = 'NGX104'
    name = 'stray-brace'
    severity = Severity.ERROR
    message = '{brace!r} belongs to no block'
    help = '{remedy}'
    engines = ('nginx',)
    bad = (Example('nginx', 'server {\n    listen 80;\n}\n}\n'),)
    good = (Example('nginx', 'server {\n    listen 80;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "unexpected "}"", "unexpected "{"".'
