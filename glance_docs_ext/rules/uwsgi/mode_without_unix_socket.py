"""UWS402: the mode or owner of a socket where no socket is a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import address, listeners
from glance_docs_ext.rules.uwsgi.values import shows_all, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

MODES = ('chmod-socket', 'chmod', 'chown-socket')


class ModeWithoutUnixSocket(Rule):
    """``chmod-socket`` and ``chown-socket`` are applied to UNIX sockets only.

    A TCP socket has neither mode nor owner.
    """

    engines = ('uwsgi',)
    names = MODES
    code = 'UWS402'
    name = 'mode-without-unix-socket'
    severity = Severity.INFO
    message = '{name!r} has no effect: every socket of the block is a TCP socket'
    help = 'take it away, or listen on a UNIX socket'
    bad = (Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nchmod-socket = 666\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nuwsgi-socket = /run/glance/uwsgi.sock\nchmod-socket = 666\n'),
        Example('uwsgi', '[uwsgi]\nchmod-socket = 666\n'),
    )
    exceptions = 'A UNIX socket is added on the command line.'
    source = 'core/socket.c: bind_to_unix() alone looks at them.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        sockets = listeners(document, engine)
        for statement in sockets:
            if ':' not in value(statement).text:
                return
            word = address(statement)
            if word is None or ':' not in word.text:
                return
        if sockets and shows_all(document):
            for statement, _scope in document.named(*MODES):
                yield self.report(document, statement.name.span, name=statement.key)
