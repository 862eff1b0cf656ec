"""APA408: methods that no request has, in the brackets of <Limit>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.requirements import METHODS
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class LimitMethod(StatementRule):
    """Methods are written in capitals, and between them stand blanks.

    Apache takes any word for a method that some module may know: ``<Limit GET,POST>`` then holds
    for no request, and what it denies is open.
    """

    code = 'APA408'
    name = 'limit-method'
    severity = Severity.WARNING
    message = '{name} has a method {method!r}, which no request has'
    help = 'write {remedy}'
    engines = ('apache',)
    names = ('<limit', '<limitexcept')
    bad = (
        Example(
            'apache',
            '<Location /v2>\n    <LimitExcept GET,POST>\n        Require all denied\n'
            '    </LimitExcept>\n</Location>\n',
        ),
        Example(
            'apache',
            '<Location /v2>\n    <Limit post>\n        Require all denied\n    </Limit>\n'
            '</Location>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<Location /v2>\n    <LimitExcept GET POST>\n        Require all denied\n'
            '    </LimitExcept>\n</Location>\n',
        ),
    )
    exceptions = 'None: no client sends such a method.'
    source = (
        'Measured with Apache 2.4.71: a GET is answered with 403 within <LimitExcept GET,POST>, '
        'and with 200 within <Limit GET,POST>, where all is denied.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        for word in statement.arguments:
            methods = word.text.upper().replace(',', ' ').split()
            if word.text not in methods and METHODS.issuperset(methods) and is_known(word):
                yield self.report(
                    document,
                    word.span,
                    name=f'{statement.name.text.rstrip(">")}>',
                    method=shortened(word.text),
                    remedy=' '.join(methods) or 'a method such as GET',
                )
                break
