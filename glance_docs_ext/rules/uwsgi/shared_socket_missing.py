"""UWS223: a socket that is to be a shared one that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.addresses import SHARED, SOCKETS
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, is_whole, options, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

KINDS = SOCKETS - SHARED


class SharedSocketMissing(StatementRule):
    """``socket = =0`` takes the first ``shared-socket`` that stands above it, ``=1`` the second.

    uWSGI looks for it at once, and ends where there are not as many.
    """

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS223'
    name = 'shared-socket-missing'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: {shared} shared-socket{s} above it'
    help = 'add "shared-socket = ADDRESS" above it; the first is =0'
    bad = (
        Example('uwsgi', '[uwsgi]\nsocket = =0\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = =0\nshared-socket = 127.0.0.1:8000\n'),
        Example('uwsgi', '[uwsgi]\nshared-socket = 127.0.0.1:8000\nhttp-socket = =1\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = =0,/etc/tls/api.crt,/etc/tls/api.key\n'),
        Example('uwsgi', '[uwsgi]\nsocket == /run/app.sock\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nshared-socket = 127.0.0.1:8000\nhttp-socket = =0\n'),
        Example('uwsgi', 'http-socket = =0\n'),
        Example('uwsgi', '[uwsgi]\ninclude = sockets.ini\nhttp-socket = =0\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = n=0\nsocket = =-1\n'),
    )
    exceptions = 'The shared socket is set on the command line, before the file.'
    source = (
        'core/socket.c, uwsgi_new_socket(). Measured with uWSGI 2.0.21: "unable to use shared '
        'socket 0", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        if not word.text.startswith('=') or not is_applied(statement, document):
            return ()
        if not is_known(word) or not document.once(is_whole):
            return ()
        text = word.text.partition(',')[0]
        above = document.once(_shared_above, engine)[statement]
        if read_integer(text[1:]) < above:
            return ()
        return [
            self.report(
                document,
                word.span,
                name=statement.key,
                value=shortened(text),
                shared=f'there {"is" if above == 1 else "are"} {above or "no"}',
                s='' if above == 1 else 's',
            )
        ]


def _shared_above(document: Document, engine: Engine) -> dict[Statement, int]:
    """Return how many shared sockets stand above each option."""
    shared = frozenset(options(document, engine, SHARED))
    above = 0
    found: dict[Statement, int] = {}
    for statement in document.statements:
        found[statement] = above
        above += statement in shared
    return found
