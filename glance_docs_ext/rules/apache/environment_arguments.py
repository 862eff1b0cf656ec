"""APA215: too few arguments to set an environment variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.values import Fault, ValueRule, choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

ATTRIBUTE, EXPRESSION, VARIABLE = 'an attribute', 'a regular expression', 'a variable'
NEEDED = {
    'setenvif': (ATTRIBUTE, EXPRESSION, VARIABLE),
    'setenvifnocase': (ATTRIBUTE, EXPRESSION, VARIABLE),
    'browsermatch': (EXPRESSION, VARIABLE),
    'browsermatchnocase': (EXPRESSION, VARIABLE),
    'setenvifexpr': ('an expression', VARIABLE),
}


class EnvironmentArguments(ValueRule):
    """``SetEnvIf`` wants an attribute, a regular expression, and variables to set if it matches.

    The others of its family leave the attribute out.
    """

    code = 'APA215'
    name = 'environment-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = NEEDED
    bad = (
        Example('apache', '<VirtualHost *:80>\n    SetEnvIf User-Agent curl\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    BrowserMatch curl\n</VirtualHost>\n'),
    )
    good = (
        Example(
            'apache', '<VirtualHost *:80>\n    SetEnvIf User-Agent curl no-gzip\n</VirtualHost>\n'
        ),
        Example('apache', '<VirtualHost *:80>\n    BrowserMatch curl no-gzip=1\n</VirtualHost>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'mod_setenvif.c: "Missing envariable expression for SetEnvIf"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    needed = NEEDED[statement.key]
    words = statement.arguments
    for number, what in enumerate(needed):
        if number >= len(words) or not words[number].text:
            place = words[-1].span if words else statement.name.span
            yield Fault(
                place, f'{what} is missing', f'write {choices(needed)}'.replace(' or ', ' and ')
            )
            return
