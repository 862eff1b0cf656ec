"""APA227: a status that no error document can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.statuses import STATUSES
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement


class ErrorStatus(ValueRule):
    """``ErrorDocument`` starts with a status that Apache knows."""

    code = 'APA227'
    name = 'error-status'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('errordocument',)
    bad = (
        Example(
            'apache', '<VirtualHost *:80>\n    ErrorDocument 5xx /sorry.html\n</VirtualHost>\n'
        ),
    )
    good = (
        Example(
            'apache', '<VirtualHost *:80>\n    ErrorDocument 503 /sorry.html\n</VirtualHost>\n'
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/core.c: "Unsupported HTTP response code"; each number from 100 to 599 tried with '
        'Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if words and words[0].text:
        number = re.match(r'\s*\+?([0-9]{1,9})', words[0].text)
        if not number or int(number[1]) not in STATUSES:
            what = f'{shortened(words[0].text)!r} is no status'
            yield Fault(words[0].span, what, 'write one number from 400 to 599')
