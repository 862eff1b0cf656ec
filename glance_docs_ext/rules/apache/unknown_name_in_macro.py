"""APA245: a macro that is used holds a name that Apache does not know."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.apache.conditions import CONDITIONS
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class UnknownNameInMacro(Rule):
    """What ``<Macro>`` holds is read where ``Use`` asks for it, with its arguments put in.

    Looked at are names that no argument is part of. What the engine may not read, because a
    condition is around it, is left alone, and so are lines that go on in the next.
    """

    code = 'APA245'
    name = 'unknown-name-in-macro'
    severity = Severity.ERROR
    message = 'Apache does not know {name!r}, and the macro {macro} is used'
    help = 'correct the name: look it up in the list of directives'
    engines = ('apache',)
    names = ('use',)
    bad = (
        Example(
            'apache',
            '<Macro Host $name>\n    ServerNam $name\n</Macro>\nUse Host glance.example.com\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<Macro Host $name>\n    ServerName $name\n</Macro>\nUse Host glance.example.com\n',
        ),
        Example('apache', '<Macro Set $what>\n    Server$what glance\n</Macro>\nUse Set Name\n'),
        Example('apache', '<Macro Host $name>\n    ServerNam $name\n</Macro>\n'),
    )
    exceptions = 'The name is that of a module that the catalogue does not hold.'
    source = (
        '``use_macro()`` in mod_macro.c reads the lines as a file of their own: "Syntax error on '
        "line 1 of macro 'x' used on line 4: Invalid command\"; measured with Apache 2.4.71."
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        defined: dict[str, list[Statement]] = {}
        for macro, _scope in document.named('<macro'):
            if 0 < len(macro.arguments) <= MOST:
                defined.setdefault(macro.arguments[0].text.lower(), []).append(macro)
        users: dict[Statement, Statement] = {}
        uncertain = document.handed_down(False, lambda one, held: held or one.key in CONDITIONS)
        for use, scope in document.named('use') if defined else ():
            if not use.arguments or uncertain[scope]:
                continue
            known = defined.get(use.arguments[0].text.lower(), [])
            above = bisect_left(known, use.name.start, key=_start)
            if above:
                users.setdefault(known[above - 1], use)
        for macro, use in users.items():
            parameters = [word.text for word in macro.arguments[1:]]
            for span, name in _names(document.source.text, macro):
                key = engine.key(name)
                changes = '${' in name or any(one in name for one in parameters)
                if not changes and key not in engine.catalogue:
                    found = self.report(
                        document, span, name=shortened(name), macro=macro.arguments[0].text
                    )
                    used = Related(document.source.place(use.span), 'used here')
                    yield found.with_related(used)


MOST = 50  # words of a definition; each argument is looked for in each name
LINE = re.compile(r'[ \t]*(<?/?[^ \t\r\n>#\\"\'][^ \t\r\n>]*)?([^\n]*)\n?')
CONDITION = re.compile(r'<(/?)if(?=.)', re.IGNORECASE)
PROGRAM = re.compile(r'<(?:macro|perl|lua)', re.IGNORECASE)


def _start(statement: Statement) -> int:
    return statement.name.start


def _names(text: str, macro: Statement) -> list[tuple[Span, str]]:
    """Return the names in a macro that the engine is sure to read: none where that is not plain."""
    found: list[tuple[Span, str]] = []
    line = LINE.match(text, text.find('\n', macro.span.end) + 1)
    conditions = 0
    goes_on = False
    while line is not None and line[0]:
        name, rest = line[1] or '', line[2].rstrip('\r')
        if name.lower().startswith('</macro'):
            return found
        if PROGRAM.match(name):
            return []
        condition = CONDITION.match(name)
        if condition:
            conditions += -1 if condition[1] else 1
        elif name and not (conditions or goes_on or rest.endswith('\\') or name[:2] == '</'):
            found.append((Span(*line.span(1)), name))
        goes_on = rest.endswith('\\')
        line = LINE.match(text, line.end())
    return []  # it is not closed
