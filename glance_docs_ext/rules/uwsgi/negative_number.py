"""UWS202: a negative number where uWSGI refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, known_part, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SIGNED = frozenset({'uwsgi_opt_set_int'})
WRAPS = len(str(2**31))  # so many digits may be a negative number without a sign


class NegativeNumber(StatementRule):
    """The server does not start with a negative number.

    One so large that it wraps round is negative, too.
    """

    engines = ('uwsgi',)
    kinds = SIGNED
    code = 'UWS202'
    name = 'negative-number'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: the number must not be negative'
    help = 'write a number from 0 to 2147483647'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = -1\n'),
        Example('uwsgi', '[uwsgi]\nlisten = 3000000000\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nprocesses = 4\n'),)
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_int(). Measured with uWSGI 2.0.21: "invalid value '
        'for option "processes": must be > 0", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        may_be_one = '-' in word.text or len(word.text) >= WRAPS
        if not may_be_one or not is_applied(statement, document):
            return ()
        text = known_part(word)
        cut = text != word.text and text[-1:].isdigit()  # more digits may follow
        if cut or read_integer(text) >= 0:
            return ()
        return [self.report(document, word.span, name=statement.key, value=shortened(word.text))]
