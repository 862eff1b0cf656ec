"""UWS209: a file mode that is not three octal digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import CHMOD, is_applied, kind, known_part, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

MODE = re.compile(r'[0-7]{3}')
BEGUN = re.compile(r'[0-7]{0,2}')


class FileModeExpected(StatementRule):
    """The mode of a socket or log file is three octal digits, without a zero before them.

    uWSGI refuses everything else.
    """

    engines = ('uwsgi',)
    kinds = CHMOD
    code = 'UWS209'
    name = 'file-mode-expected'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: a file mode is three octal digits'
    help = 'write it as in "{name} = 660"'
    bad = (
        Example('uwsgi', '[uwsgi]\nsocket = /run/glance/uwsgi.sock\nchmod-socket = 0666\n'),
        Example('uwsgi', '[uwsgi]\nsocket = /run/glance/uwsgi.sock\nchmod-socket = rw\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nsocket = /run/glance/uwsgi.sock\nchmod-socket = 666\n'),)
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_chmod_socket(), uwsgi_opt_logfile_chmod(). Measured with'
        ' uWSGI 2.0.21: "invalid chmod value: 0666", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        if MODE.fullmatch(word.text) or not is_applied(statement, document):
            return ()
        text = known_part(word)
        switch = text == '1' and kind(statement, engine) == 'uwsgi_opt_chmod_socket'
        may_go_on = text != word.text and BEGUN.fullmatch(text)
        if may_go_on or switch:
            return ()
        span = word.span if word.text else statement.span
        return [self.report(document, span, name=statement.key, value=shortened(word.text))]
