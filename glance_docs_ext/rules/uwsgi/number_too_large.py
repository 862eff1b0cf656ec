"""UWS210: a number that does not fit into 16 bits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NARROW = frozenset({'uwsgi_opt_set_16bit'})
NUMBER = re.compile(r'([+-]?[0-9]+)(?:[ \t]+[#;]|\Z)')  # also before a comment


class NumberTooLarge(StatementRule):
    """These options are 16 bits wide.

    A larger number becomes 65535, and a header that the author made room for is refused.
    """

    engines = ('uwsgi',)
    kinds = NARROW
    code = 'UWS210'
    name = 'number-too-large'
    severity = Severity.WARNING
    message = '{name!r} holds at most 65535: uWSGI reads {value!r} as 65535'
    help = 'write 65535 or less'
    bad = (Example('uwsgi', '[uwsgi]\nbuffer-size = 131072\n'),)
    good = (Example('uwsgi', '[uwsgi]\nbuffer-size = 65535\n'),)
    exceptions = 'None: the number is cut in every version that starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_16bit(). Measured with uWSGI 2.0.21: 65536, 100000 '
        'and -1 give 65535.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        plain = NUMBER.match(word.text)  # UWS201 speaks about the others
        if plain is None or read_integer(plain[1], 64) <= 65535:
            return ()
        number = shortened(plain[1])
        return [self.report(document, word.span, name=statement.key, value=number)]
