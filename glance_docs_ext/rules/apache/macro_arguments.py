"""APA241: a macro that is used with more or fewer arguments than it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.values import all_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class MacroArguments(Rule):
    """``Use`` gives a macro exactly as many arguments as its definition names."""

    code = 'APA241'
    name = 'macro-arguments'
    severity = Severity.ERROR
    message = 'the macro {name} has {expected} arguments, found {found}'
    help = 'write as many as the definition of the macro names; quote one that has blanks in it'
    engines = ('apache',)
    names = ('use',)
    bad = (
        Example(
            'apache',
            '<Macro Service $name $port>\n    Define $name $port\n</Macro>\nUse Service glance\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<Macro Service $name $port>\n    Define $name $port\n</Macro>\n'
            'Use Service glance 60999\n',
        ),
        Example(
            'apache',
            '<Macro Host name>\n    ServerName name\n</Macro>\n<VirtualHost *:80>\n'
            '    Use Host glance\n</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``use_macro()`` in mod_macro.c: "macro \'x\' used with 1 arguments instead of 2"; '
        'measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        counts: dict[str, set[int]] = {}
        for statement, _scope in document.named('<macro'):
            words = statement.arguments
            if words and all_known(statement):
                counts.setdefault(words[0].text.lower(), set()).add(len(words) - 1)
        for statement, _scope in document.named('use'):
            words = statement.arguments
            expected = counts.get(words[0].text.lower(), set()) if words else set()
            if not all_known(statement):
                continue  # a value may have blanks in it, and be several words
            if len(expected) == 1 and len(words) - 1 not in expected:
                yield self.report(
                    document,
                    statement.name.span,
                    name=words[0].text,
                    expected=min(expected),
                    found=len(words) - 1,
                )
