"""NGX401: a line that nginx reads as more words of the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class SwallowedLine(Rule):
    """Behind a directive that takes any number of words, a missing semicolon is no fault to nginx.

    It starts, and the next line has no effect.
    """

    code = 'NGX401'
    name = 'swallowed-line'
    severity = Severity.WARNING
    message = '{name} is read as a word of {above}, and has no effect'
    help = 'end the line above with ";"'
    engines = ('nginx',)
    bad = (
        Example(
            'nginx', 'server {\n    server_name glance.example.org\n    root /srv/glance;\n}\n'
        ),
    )
    good = (
        Example(
            'nginx', 'server {\n    server_name glance.example.org;\n    root /srv/glance;\n}\n'
        ),
    )
    exceptions = 'The words are meant: a server that is called like a directive.'
    source = 'Measured with nginx 1.22: "syntax is ok".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        for statement in [s for s, _scope in document.placed if '\n' in s.rest.text]:
            words = statement.arguments
            if statement.body is not None or '\n' not in text[words[0].end : words[-1].start]:
                continue
            for index, word in enumerate(words[1:], 1):
                between = text[words[index - 1].end : word.start]
                if '\n' in between and _is_statement(statement, index, engine):
                    yield self.report(
                        document, word.span, name=shortened(word.text), above=statement.name.text
                    )
                    break


def _is_statement(statement: Statement, index: int, engine: Engine) -> bool:
    """Whether the words from ``index`` on are a directive that may stand here."""
    word, count = statement.arguments[index], len(statement.arguments) - index - 1
    return count > 0 and any(
        'block' not in entry.flags
        and bool(statement.contexts & entry.contexts)
        and (entry.arity is None or entry.arity.accepts(count))
        for entry in engine.catalogue[word.text]
    )
