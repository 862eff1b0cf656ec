"""APA241: a macro that is used with more or fewer arguments than it has."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.values import all_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class MacroArguments(Rule):
    """``Use`` gives a macro exactly as many arguments as the definition above it names."""

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
        Example(
            'apache',
            '<Macro Host>\n</Macro>\nUse Host\n'
            '<Macro Host $name>\n    ServerName $name\n</Macro>\nUse Host glance\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``use_macro()`` in mod_macro.c: "macro \'x\' used with 1 arguments instead of 2"; '
        'measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        # A value that is not known may have blanks in it, and be several words.
        counts: defaultdict[str, list[tuple[int, int | None]]] = defaultdict(list)
        changes = (statement for statement, _scope in document.named('<macro', 'undefmacro'))
        for statement in sorted(changes, key=_start):
            words = statement.arguments
            if words:
                is_known = statement.key == '<macro' and all_known(statement)
                count = len(words) - 1 if is_known else None
                counts[words[0].text.lower()].append((_start(statement), count))
        for statement, _scope in document.named('use') if counts else ():
            words = statement.arguments
            defined = counts.get(words[0].text.lower(), []) if words else []
            above = bisect_left(defined, _start(statement), key=itemgetter(0))
            expected = defined[above - 1][1] if above else None
            if expected not in {None, len(words) - 1} and all_known(statement):
                yield self.report(
                    document,
                    statement.name.span,
                    name=words[0].text,
                    expected=expected,
                    found=len(words) - 1,
                )


def _start(statement: Statement) -> int:
    return statement.name.start
