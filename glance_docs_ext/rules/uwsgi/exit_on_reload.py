"""UWS404: a server that exits when it is told to reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import is_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class ExitOnReload(Rule):
    """A reload is an exit with this option.

    On SIGHUP the workers end gracefully, and then the server ends as well, with status 0. It
    does not make a reload graceful, as many pages say; it takes the service down.
    """

    engines = ('uwsgi',)
    names = ('exit-on-reload',)
    code = 'UWS404'
    name = 'exit-on-reload'
    severity = Severity.WARNING
    message = '"exit-on-reload" does not reload on SIGHUP: the server exits and stays down'
    help = 'take it away; for a reload without downtime use "master-fifo" and write "c" to it'
    bad = (Example('uwsgi', '[uwsgi]\nmaster = true\nexit-on-reload = true\n'),)
    good = (Example('uwsgi', '[uwsgi]\nmaster = true\nexit-on-reload = false\n'),)
    exceptions = 'A supervisor starts uWSGI again after every exit, and the downtime is wanted.'
    source = (
        'core/master_utils.c, uwsgi_reload(); help: "force exit even if a reload is '
        'requested". Measured with uWSGI 2.0.21 and pyuwsgi 2.0.30: SIGHUP, then "GAME '
        'OVER (insert coin)", exit status 0.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if is_true(document, 'exit-on-reload'):
            *_, (statement, _scope) = document.named('exit-on-reload')
            yield self.report(document, statement.name.span)
