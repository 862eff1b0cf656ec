"""NGX106: a quote that is never closed."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnclosedQuote(Rule):
    """Without its partner a quote takes in all lines up to the next quote of its kind.

    nginx then stumbles there, over a word that is right.
    """

    code = 'NGX106'
    name = 'unclosed-quote'
    severity = Severity.ERROR
    message = '{quote} is not closed'
    help = 'close it at the end of the value'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'add_header Cache-Control "no-store;\n'),
        Example('nginx', 'location / {\n    add_header A "b;\n    add_header C "d";\n}\n'),
    )
    good = (Example('nginx', 'add_header Cache-Control "no-store";\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'src/core/ngx_conf_file.c: "unexpected end of file", '
        '"too long parameter, probably missing terminating ...".'
    )
