"""NGX111: braces behind a directive that is no block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.catalogue import LONGEST_NAME
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.nginx.blocks import never_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


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

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        catalogue = engine.catalogue
        for statement in [s for s, _scope in document.placed if s.body is not None]:
            key = statement.key
            if len(key) <= LONGEST_NAME and never_block(catalogue, key, statement.contexts):
                yield self.report(document, statement.name.span, name=statement.name.text)
