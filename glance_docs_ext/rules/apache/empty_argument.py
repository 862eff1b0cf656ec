"""APA206: an empty argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class EmptyArgument(Rule):
    """Apache counts ``""`` as an argument that is missing."""

    code = 'APA206'
    name = 'empty-argument'
    severity = Severity.ERROR
    message = '{name} takes an empty argument for none at all'
    help = '{remedy}'
    engines = ('apache',)
    bad = (Example('apache', 'ServerName ""\n'),)
    good = (Example('apache', 'ServerName glance\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``invoke_cmd()`` in server/config.c; measured with Apache 2.4.71: "ServerName takes one '
        'argument".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if '"' not in text and "'" not in text:  # an empty word is one in quotes
            return
        empty = [s for s, _scope in document.placed for word in s.arguments if not word.text]
        if not empty:
            return
        for statement in dict.fromkeys(empty):
            words = statement.arguments
            for entry in engine.catalogue[statement.key]:
                least = entry.arity.minimum if entry.arity else 0
                if entry.kind == 'ITERATE2' and len(words) >= least:
                    least = 1  # the engine looks whether something stands behind the first word
                for word in words[:least]:
                    if not word.text and entry.arity and entry.arity.accepts(len(words)):
                        yield self.report(
                            document,
                            word.span,
                            name=statement.name.text,
                            remedy='write a value, or take the directive away',
                        )
