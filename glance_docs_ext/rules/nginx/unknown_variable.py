"""NGX221: a variable that nothing defines."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import defined_by, known, uses, words_with_variables
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class UnknownVariable(Rule):
    """nginx refuses to start with a variable that no module brings and no directive defines.

    Only ``http`` and ``stream`` blocks that can be seen whole are judged: what an included file or
    the rest of the configuration may define is not known.
    """

    code = 'NGX221'
    name = 'unknown-variable'
    severity = Severity.ERROR
    message = 'nothing defines ${name}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('http', 'stream')
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_set_header Host $hots;\n'
            '            proxy_pass http://127.0.0.1:60999;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_set_header Host $host;\n'
            '            proxy_pass http://127.0.0.1:60999;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_variables_init_vars()``: "unknown "x" variable"; the variables are '
        "read out of nginx's modules."
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue):
            there = known('http' if block.key == 'http' else 'stream')
            statements = list(inside(block))
            defined = {name for statement in statements for name in defined_by(statement)}
            for statement in statements:
                for word in words_with_variables(statement):
                    for use in uses(word.text):
                        if use.fault or use.name in defined or there.has(use.name):
                            continue
                        close = get_close_matches(use.name, sorted({*defined, *there.names}), n=1)
                        yield self.report_at(  # nginx names no line of it
                            document.source.place(word.span),
                            name=shortened(use.name),
                            remedy=f'did you mean ${close[0]}?'
                            if close
                            else 'define it, or use another',
                        )
