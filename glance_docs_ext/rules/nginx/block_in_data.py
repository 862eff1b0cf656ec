"""NGX113: a block inside of one that holds data."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class BlockInData(Rule):
    """``types``, ``map``, ``geo`` and their like hold pairs of words, and nothing can open there.

    A "{" that belongs to a value wants quotes.
    """

    code = 'NGX113'
    name = 'block-in-data'
    severity = Severity.ERROR
    message = 'no block can open here: the lines around are data'
    help = 'take "{{" away or, where it belongs to the value, put the value into quotes'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'types {\ntypes {\n    text/html html;\n}\n'),
        Example('nginx', 'types {\n    text/html {\n        html htm;\n    }\n}\n'),
    )
    good = (Example('nginx', 'types {\n    text/html html htm;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c, ngx_conf_handler(): "unexpected "{"".'
