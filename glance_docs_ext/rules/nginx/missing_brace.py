"""NGX102: a block that no brace opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.blocks import always_block, blocks
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class MissingBrace(Rule):
    """``server``, ``location`` and their like are blocks: braces hold what belongs to them."""

    code = 'NGX102'
    name = 'missing-brace'
    severity = Severity.ERROR
    message = 'expected "{{" behind {name!r}'
    help = 'type the brace here, and its partner behind the last line of the block'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'location /images;\n'),
        Example('nginx', 'location /images\n    root /srv;\n}\n'),
    )
    good = (Example('nginx', 'location /images {\n    root /srv;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "directive "x" has no opening "{"".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.problems:
            yield from self.problems(document)
        by_key = document.by_key
        for key in document.keys & blocks(engine.catalogue):
            for statement, _scope in by_key[key]:
                if statement.body is not None:  # as nearly all
                    continue
                if always_block(engine.catalogue, key, statement.contexts):
                    end = statement.rest.end
                    yield self.report(document, Span(end, end), name=statement.name.text)
