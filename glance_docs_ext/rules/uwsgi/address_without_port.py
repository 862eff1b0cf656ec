"""UWS207: an address without a colon, which makes a UNIX socket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.uwsgi.addresses import AddressRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.syntax import Document, Word

BARE = re.compile(r'[0-9]{1,5}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|localhost')


class AddressWithoutPort(AddressRule):
    """Without a colon an address is the path of a UNIX socket.

    ``http-socket = 9292`` makes a file called 9292 in the folder that uWSGI runs in.
    """

    engines = ('uwsgi',)
    code = 'UWS207'
    name = 'address-without-port'
    severity = Severity.WARNING
    message = 'uWSGI makes a UNIX socket with the file name {text!r} of this'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nhttp-socket = 9292\n'),
        Example('uwsgi', '[uwsgi]\nsocket = 127.0.0.1\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nhttp-socket = :9292\nsocket = /run/glance/uwsgi.sock\n'),)
    exceptions = 'A file with this name is meant; write ./ before it.'
    source = (
        'core/socket.c, uwsgi_bind_sockets(). Measured with uWSGI 2.0.21: a socket file '
        'in the working folder.'
    )

    def judge_address(self, word: Word, document: Document) -> Iterator[Diagnostic]:
        if BARE.fullmatch(word.text):
            port = word.text.isdecimal()
            remedy = f'write :{word.text}' if port else f'add the port: {word.text}:PORT'
            yield self.report(document, word.span, text=word.text, remedy=remedy)
