"""UWS410: a UNIX socket with a relative path, and a folder that uWSGI changes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.addresses import LISTENERS, STATISTICS, address
from glance_docs_ext.rules.uwsgi.values import is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class RelativeSocketPath(StatementRule):
    """The socket is made in the folder of ``chdir``, not where uWSGI was started.

    The proxy in front needs the whole path in any case.
    """

    engines = ('uwsgi',)
    names = STATISTICS
    kinds = LISTENERS
    code = 'UWS410'
    name = 'relative-socket-path'
    severity = Severity.INFO
    message = 'the socket is made in the folder of chdir, as {path}'
    help = 'write the whole path'
    bad = (Example('uwsgi', '[uwsgi]\nchdir = /srv/app\nsocket = app.sock\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nchdir = /srv/app\nsocket = /run/app/app.sock\n'),
        Example('uwsgi', '[uwsgi]\nsocket = app.sock\n'),
    )
    exceptions = 'It is meant to be there.'
    source = 'Measured with uWSGI 2.0.21: chdir() comes first, then the socket is bound.'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        text = value(statement).text
        if text[:1] in '/@\\' or '.sock' not in text:  # an empty one begins with nothing
            return ()
        word = address(statement)
        if word is None or ':' in word.text or not word.text.endswith(('.sock', '.socket')):
            return ()
        folders = document.named('chdir')
        folder = value(folders[-1].statement) if folders else None
        if folder is None or not is_known(folder) or not folder.text.startswith('/'):
            return ()
        path = f'{folder.text.rstrip("/")}/{word.text.removeprefix("./")}'
        return [self.report(document, word.span, path=shortened(path))]
