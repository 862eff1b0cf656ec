"""APA227: a status that no error document can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.statuses import STATUSES
from glance_docs_ext.rules.apache.values import Fault, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class ErrorStatus(Rule):
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

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        return reported(self, document, _faults)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if words and words[0].text:
        number = re.match(r'\s*\+?([0-9]{1,9})', words[0].text)
        if not number or int(number[1]) not in STATUSES:
            what = f'{shortened(words[0].text)!r} is no status'
            yield Fault(words[0].span, what, 'write one number from 400 to 599')
