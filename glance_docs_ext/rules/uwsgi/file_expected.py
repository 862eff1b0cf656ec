"""UWS418: a switch where the name of a file is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.uwsgi.values import FALSE, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

WATCHED = (
    *('touch-reload', 'touch-workers-reload', 'touch-chain-reload', 'touch-mules-reload'),
    *('touch-spoolers-reload', 'touch-logrotate', 'touch-logreopen', 'touch-gracefully-stop'),
    *('fs-reload', 'fs-brutal-reload'),
)
WRITTEN = (
    *('daemonize', 'daemonize2', 'logto', 'logto2', 'log-backupname', 'pidfile', 'pidfile2'),
    *('safe-pidfile', 'safe-pidfile2', 'master-fifo'),
)
SWITCHES = FALSE | {'true', 'on', 'yes', '1', 'enable', 'enabled'}


class FileExpected(StatementRule):
    """What watches or writes a file takes its name, and no switch is one: it is a name as well.

    ``touch-chain-reload = true`` waits for a file called *true* in the folder that uWSGI was
    started in, so that nothing is ever reloaded; ``daemonize = true`` writes its log there.
    """

    engines = ('uwsgi',)
    names = (*WATCHED, *WRITTEN)
    code = 'UWS418'
    name = 'file-expected'
    severity = Severity.WARNING
    message = '{name!r} is no switch: uWSGI {does} a file called {value!r}'
    help = 'write the path of the file, or take the line away'
    bad = (
        Example('uwsgi', '[uwsgi]\ntouch-chain-reload = true\n'),
        Example('uwsgi', '[uwsgi]\ndaemonize = 1\n'),
    )
    good = (
        Example(
            'uwsgi',
            '[uwsgi]\ntouch-chain-reload = /run/glance/reload\ndaemonize = /var/log/glance.log\n',
        ),
    )
    exceptions = 'The file is called so.'
    source = (
        'core/utils.c, uwsgi_check_touches(): "unable to stat() true, events will be triggered as '
        'soon as the file is created"; core/logging.c, logto(). Measured with uWSGI 2.0.21.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        if word.text.lower() not in SWITCHES:
            return ()
        does = 'waits for' if statement.key in WATCHED else 'writes'
        values = {'name': statement.key, 'does': does, 'value': word.text}
        return [self.report(document, word.span, **values)]
