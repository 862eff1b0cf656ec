"""UWS408: a service that SIGTERM does not stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import has_socket
from glance_docs_ext.rules.uwsgi.applications import APPLICATIONS
from glance_docs_ext.rules.uwsgi.values import is_true, shows_all, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

SERVICE = '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nmodule = app:application\nmaster = true\n'
SIGNAL = 'unix_signal:15 '


class MissingDieOnTerm(Rule):
    """uWSGI 2.0 takes SIGTERM for "reload at once", not for "stop".

    systemd, docker and Kubernetes stop a service with SIGTERM, wait in vain, and kill it.
    """

    engines = ('uwsgi',)
    names = ('master',)
    code = 'UWS408'
    name = 'missing-die-on-term'
    severity = Severity.INFO
    message = 'SIGTERM, which service managers stop with, reloads uWSGI instead'
    help = 'add "die-on-term = true"'
    bad = (Example('uwsgi', SERVICE),)
    good = (
        Example('uwsgi', f'{SERVICE}die-on-term = true\n'),
        Example(
            'uwsgi',
            f'{SERVICE}hook-master-start = unix_signal:15 gracefully_kill_them_all\n',
        ),
    )
    exceptions = 'The service manager stops with SIGQUIT or SIGINT, as ``KillSignal=`` of systemd.'
    source = (
        'The option die-on-term of uWSGI. Measured with uWSGI 2.0.21: "...brutally killing '
        'workers...", "binary reloading uWSGI", and it answers again.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if 'die-on-term' in document.keys or document.keys.isdisjoint(APPLICATIONS):
            return
        if not has_socket(document, engine) or not is_true(document, 'master'):
            return
        if not shows_all(document) or is_true(document, 'exit-on-reload'):
            return
        if any(SIGNAL in value(s).text for s, _scope in document.named('hook-master-start')):
            return
        for statement, _scope in document.named('master'):
            yield self.report(document, statement.name.span)
            return
