"""UWS409: everything a Python service needs but the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import has_socket
from glance_docs_ext.rules.uwsgi.applications import APPLICATIONS
from glance_docs_ext.rules.uwsgi.values import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

MEANS_PYTHON = ('home', 'virtualenv', 'venv', 'pyhome', 'pythonpath', 'python-path')
# What names an application, answers requests itself, says which application per request, or runs
# none at all.
OTHERWISE = frozenset(
    {
        *APPLICATIONS,
        *(
            'need-app',
            'vhost',
            'virtualhost',
            'web3',
            'web3-file',
            'pump',
            'pump-file',
            'wsgi-lite',
        ),
        *('pyrun', 'route-run', 'static-map', 'check-static', 'mule', 'spooler', 'worker-exec'),
        *('http-to', 'http-subscription-server', 'fastrouter', 'import', 'pyimport', 'pymodule'),
        *('shared-import', 'shared-pyimport', 'python-worker-override', 'symcall', 'attach-daemon'),
        *('smart-attach-daemon', 'cron', 'programmatic', 'zerg', 'emperor', 'embed-loader'),
        *('pypy-wsgi', 'pypy-wsgi-file', 'pypy-paste', 'pypy-ini-paste', 'pypy-eval', 'pypy-exec'),
        *('cgi', 'lua', 'jwsgi', 'ring-app', 'mono-app', 'php-docroot'),
    }
)
SERVICE = '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nvirtualenv = /srv/venv\n'


class NoApplication(Rule):
    """uWSGI starts without an application, and answers every request with 500.

    With ``need-app`` it ends instead, so that whoever started it notices.
    """

    engines = ('uwsgi',)
    names = MEANS_PYTHON
    code = 'UWS409'
    name = 'no-application'
    severity = Severity.INFO
    message = 'this block names no application: uWSGI starts, and answers 500'
    help = 'add "module" or "wsgi-file"; "need-app = true" makes a failure to load one visible'
    bad = (Example('uwsgi', SERVICE),)
    good = (
        Example('uwsgi', f'{SERVICE}module = glance.wsgi.api:application\n'),
        Example('uwsgi', f'{SERVICE}pypy-home = /opt/pypy\npypy-wsgi-file = server.py\n'),
    )
    exceptions = (
        'The application is named on the command line, or by the proxy, with UWSGI_SCRIPT, '
        'UWSGI_MODULE or UWSGI_FILE.'
    )
    source = (
        'Measured with uWSGI 2.0.21: "no python application found", 500; exit status 22 with '
        'need-app.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if not document.keys.isdisjoint(OTHERWISE) or not has_socket(document, engine):
            return
        python = [statement for statement, _scope in document.named(*self.names)]
        if python and shows_all(document):
            first = min(python, key=lambda statement: statement.name.start)
            yield self.report(document, first.name.span)
