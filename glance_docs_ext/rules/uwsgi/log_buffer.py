"""UWS227: a buffer for the log that no memory is large enough for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, is_true, known_part, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

LOGGED = frozenset({'LOG_MASTER', 'REQ_LOG_MASTER'})
"""The flags of options that let the master process keep the log."""
PATHS = ('%d', '%p')
"""What stands for a path: a number ends before its slash."""
MORE_THAN_ANY = 2**63  # bytes: what a negative number becomes


class LogBuffer(StatementRule):
    """The size is read without a sign: a negative one is more than any memory.

    It matters where the master process keeps the log, which ``log-master`` switches on, and
    ``logger``, ``log-route`` and their like bring along.
    """

    engines = ('uwsgi',)
    names = ('log-master-bufsize',)
    code = 'UWS227'
    name = 'log-buffer'
    severity = Severity.ERROR
    message = 'uWSGI ends at {value!r}: there is no memory for such a buffer'
    help = 'write the number of bytes, such as 8192'
    bad = (
        Example('uwsgi', '[uwsgi]\nlog-master = true\nlog-master-bufsize = -1\n'),
        Example('uwsgi', '[uwsgi]\nlogger = file:/var/log/app.log\nlog-master-bufsize = -5%d\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nlog-master = true\nlog-master-bufsize = 8192\n'),
        Example('uwsgi', '[uwsgi]\nlog-master = false\nlog-master-bufsize = -1\n'),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_64bit(); core/logging.c, uwsgi_setup_log_master(). Measured '
        'with uWSGI 2.0.21: a fault of memory.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        text = known_part(word)
        is_whole = text == word.text or word.text.startswith(PATHS, len(text))
        if (
            is_whole
            and read_integer(text, 64) >= MORE_THAN_ANY
            and is_applied(statement, document)
            and _is_kept_by_master(document, engine)
        ):
            yield self.report(document, word.span, value=shortened(word.text))


def _is_kept_by_master(document: Document, engine: Engine) -> bool:
    others = document.keys - {'log-master'}
    flags = (entry.flags for key in others for entry in engine.catalogue[key])
    return is_true(document, 'log-master') or any(map(LOGGED.intersection, flags))
