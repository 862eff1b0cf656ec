"""UWS203: a value that is neither true nor false."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import (
    BOOLEANS,
    COMMENT,
    FALSE,
    is_known,
    is_quoted,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

WORDS = FALSE | {'', '1', 'true', 'on', 'yes', 'y', 't', 'enable', 'enabled'}
ON = re.compile(r'[0-9]*[1-9][0-9]*')


class BooleanExpected(StatementRule):
    """A flag is off only for ``false``, ``off``, ``no`` and ``0``.

    Anything else switches it on: ``none``, ``disabled``, ``n`` and every misspelling as well.
    """

    engines = ('uwsgi',)
    kinds = BOOLEANS
    code = 'UWS203'
    name = 'boolean-expected'
    severity = Severity.WARNING
    message = 'uWSGI reads {value!r} as true: {name!r} is on'
    help = 'write true or false'
    bad = (
        Example('uwsgi', '[uwsgi]\nmaster = treu\n'),
        Example('uwsgi', '[uwsgi]\nthunder-lock = disabled\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nmaster = true\nthunder-lock = Off\nvacuum\n'),)
    exceptions = 'None: the value means true in every version.'
    source = (
        'core/uwsgi.c, uwsgi_opt_true(). Measured with uWSGI 2.0.21: twenty values tried,'
        ' four of them false.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        text = word.text
        if (
            text.lower() in WORDS
            or not is_known(word)
            or ON.fullmatch(text)
            or is_quoted(text)
            or COMMENT.search(text)
        ):
            return ()
        return [self.report(document, word.span, name=statement.key, value=shortened(text))]
