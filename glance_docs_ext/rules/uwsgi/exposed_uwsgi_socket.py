"""UWS501: a socket of the uwsgi protocol that is open to every host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.uwsgi.addresses import address
from glance_docs_ext.rules.uwsgi.values import is_whole, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

EVERYWHERE = frozenset({'', '0', '0.0.0.0', '[::]'})  # noqa: S104  # compared with, never bound
UWSGI = frozenset({'uwsgi-socket', 'puwsgi-socket'})
BEGINNINGS = tuple(f'{host}:' for host in EVERYWHERE)
PLAIN = 'socket'  # speaks uwsgi unless ``protocol`` says otherwise


class ExposedUwsgiSocket(StatementRule):
    """The uwsgi protocol lets its client set any variable of a request, and so run code.

    It has neither passwords nor encryption. A plain ``socket`` speaks it, too, unless ``protocol``
    names another.
    """

    engines = ('uwsgi',)
    names = (PLAIN, *UWSGI)
    code = 'UWS501'
    name = 'exposed-uwsgi-socket'
    severity = Severity.INFO
    message = 'every host that reaches {address} can run code through the uwsgi protocol'
    help = 'listen on 127.0.0.1 or a UNIX socket, or let a firewall admit the proxy only'
    bad = (
        Example('uwsgi', '[uwsgi]\nuwsgi-socket = 0.0.0.0:3031\n'),
        Example('uwsgi', '[uwsgi]\nsocket = :3031\n'),
        Example('uwsgi', '[uwsgi]\nprotocol = uwsgi\nsocket = 0.0.0.0:3031\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nuwsgi-socket = 127.0.0.1:3031\n'),
        Example('uwsgi', '[uwsgi]\nsocket = 127.0.0.1:3031\n'),
        Example('uwsgi', '[uwsgi]\nsocket = 0.0.0.0:8000\nprotocol = http\n'),
        Example('uwsgi', '[uwsgi]\nif-env = PLAIN\nprotocol = http\nendif =\nsocket = :8000\n'),
        Example('uwsgi', '[uwsgi]\ninclude = protocol.ini\nsocket = :8000\n'),
        Example('uwsgi', 'socket = :8000\n'),
    )
    exceptions = 'The network is closed to all but the proxy, as inside a pod.'
    source = (
        'The magic variables UWSGI_FILE, UWSGI_HOME of uWSGI (core/uwsgi.c; "Things to '
        'know" of its manual). core/socket.c, uwsgi_set_sockets_protocols(): what is not said '
        'is uwsgi.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if not value(statement).text.startswith(BEGINNINGS):
            return ()
        word = address(statement)
        if word is None or word.text.rpartition(':')[0] not in EVERYWHERE:
            return ()
        if statement.key == PLAIN and not document.once(_speaks_uwsgi):
            return ()
        shown = word.text.split()[0]  # without a comment behind it
        return [self.report(document, word.span, address=shown)]


def _speaks_uwsgi(document: Document) -> bool:
    """Whether a plain ``socket`` speaks the uwsgi protocol for sure."""
    protocols = document.named('protocol', 'socket-protocol')
    others = {value(statement).text for statement, _scope in protocols} - {'uwsgi', 'puwsgi'}
    return not others and is_whole(document)
