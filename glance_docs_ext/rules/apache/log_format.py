"""APA216: a format that a log does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.error_fields import error_faults
from glance_docs_ext.rules.apache.values import Fault, is_known, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

LETTERS = 'aABbCDefhHiIklLmnoOpPqrRsStTuUvVXxc'
FIELD = re.compile(r'%(?:[<>!,0-9]|\{[^}]*\})*(?:\^[a-zA-Z][a-zA-Z]|.|\Z)', re.DOTALL)
# All up to the first field that is not known.
KNOWN = re.compile(
    rf'(?:(?>[^%]+)|%(?>(?:[<>!,0-9]|\{{[^}}]*\}})*)(?:[{LETTERS}%]|\^(?:FB|ti|to)))*'
)


class LogFormat(StatementRule):
    """In the format of a log "%" starts a field, and Apache refuses a letter that it does not know.

    A percent sign that is meant as such is written twice.
    """

    code = 'APA216'
    name = 'log-format'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('logformat', 'customlog', 'globallog', 'errorlogformat')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    LogFormat "%h %Z" short\n</VirtualHost>\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    CustomLog /var/log/apache2/access.log "%h %{Referer"\n'
            '</VirtualHost>\n',
        ),
        Example('apache', 'ErrorLogFormat "[%{u}t] %r: %M"\n'),
        Example('apache', 'ErrorLogFormat connection "[%{u}t] %M"\n'),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    LogFormat "%h %>s %{Referer}i" short\n</VirtualHost>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    CustomLog /var/log/apache2/access.log combined\n'
            '</VirtualHost>\n',
        ),
        Example(
            'apache', 'ErrorLogFormat "[%{u}t] [%-m:%l] %8F: %E: %-M% ,\\ referer %{Referer}i"\n'
        ),
        Example('apache', 'ErrorLogFormat request "[%{u}t] [R:%L] UA:\'%+{User-Agent}i\'"\n'),
    )
    exceptions = 'A module of a third party that the text does not load may add a letter.'
    source = (
        '``parse_log_item()`` in mod_log_config.c: "Unrecognized LogFormat directive", "Ran off '
        'end of LogFormat"; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        first = _format_at(statement)
        words = statement.arguments[first:]
        if len(words) < 2 and statement.key != 'errorlogformat' and '%' not in statement.rest.text:
            return ()  # the name of a format, as most
        # The name of the file holds a variable as a rule, and no blanks.
        if not all(map(is_known, words)):
            return ()
        return told(self, _faults(statement), statement, document, engine)


def _format_at(statement: Statement) -> int:
    """Return which argument is the format."""
    return 1 if statement.key in {'customlog', 'globallog'} else 0


def _faults(statement: Statement) -> Iterator[Fault]:
    number = _format_at(statement)
    words = statement.arguments
    if statement.key == 'errorlogformat':
        yield from error_faults(words)
        return
    if len(words) > number:
        word = words[number]
        known = KNOWN.match(word.text)
        found = FIELD.match(word.text, known.end()) if known else None
        if found:
            what = f'there is no field {shortened(found[0])!r}'
            yield Fault(word.span, what, 'write %% for a percent sign', by_module=True)
    if number and len(words) == 3:
        condition = words[2].text.lower()
        if condition in {'env=', 'env=!'}:
            yield Fault(words[2].span, 'the condition names no variable', 'write env=NAME')
        elif not condition.startswith(('env=', 'expr=')):
            what = f'{shortened(words[2].text)!r} is no condition'
            yield Fault(words[2].span, what, 'quote the format, or write env=NAME')
