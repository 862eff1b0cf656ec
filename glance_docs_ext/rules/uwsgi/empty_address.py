"""UWS212: a socket without an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.uwsgi.addresses import SOCKETS
from glance_docs_ext.rules.uwsgi.values import is_applied, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

PLAIN = SOCKETS - {'uwsgi_opt_add_ssl_socket'}


class EmptyAddress(StatementRule):
    """uWSGI does not start with an empty address."""

    engines = ('uwsgi',)
    kinds = PLAIN
    code = 'UWS212'
    name = 'empty-address'
    severity = Severity.ERROR
    message = 'uWSGI refuses an empty address for {name!r}'
    help = 'write an address, as in "{name} = 127.0.0.1:9292"'
    bad = (Example('uwsgi', '[uwsgi]\nhttp-socket =\n'),)
    good = (Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:9292\n'),)
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/socket.c, generate_socket_name(). Measured with uWSGI 2.0.21: '
        '"invalid/empty uwsgi socket name", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        if not value(statement).text:
            yield self.report(document, statement.span, name=statement.key)
