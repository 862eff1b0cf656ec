"""UWS407: a listen queue longer than Linux allows by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class LongListenQueue(StatementRule):
    """uWSGI does not start where ``listen`` exceeds net.core.somaxconn.

    It is 4096 since Linux 5.4 and 128 before.
    """

    engines = ('uwsgi',)
    names = ('listen',)
    code = 'UWS407'
    name = 'long-listen-queue'
    severity = Severity.INFO
    message = 'uWSGI does not start where net.core.somaxconn is lower than {value}; Linux has 4096'
    help = 'raise net.core.somaxconn as well, and say so beside the block'
    bad = (Example('uwsgi', '[uwsgi]\nlisten = 8192\n'),)
    good = (Example('uwsgi', '[uwsgi]\nlisten = 1024\n'),)
    exceptions = 'The page tells to raise the limit.'
    source = (
        'core/socket.c. Measured with uWSGI 2.0.21 on Linux 6: "Listen queue size is '
        'greater than the system max net.core.somaxconn (4096)".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        if read_integer(word.text) > 4096:
            yield self.report(document, word.span, value=shortened(word.text))
