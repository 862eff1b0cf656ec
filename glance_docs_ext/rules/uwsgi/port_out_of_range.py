"""UWS208: a port that is no number from 1 to 65535."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.common.template import SHOW, has_mark
from glance_docs_ext.rules.uwsgi.addresses import AddressRule
from glance_docs_ext.rules.uwsgi.values import COMMENT, for_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.syntax import Document, Word

NUMBER = re.compile(r'[0-9]{1,9}')
MORE = re.compile(r'[0-9]+[^0-9A-Za-z]+')  # a port, and signs that do not belong to it
LARGEST = 65535


class PortOutOfRange(AddressRule):
    """uWSGI reads the digits that the port begins with, modulo 65536.

    Without digits it binds a port that the system picks; ``:0`` is the way to ask for that.
    """

    engines = ('uwsgi',)
    code = 'UWS208'
    name = 'port-out-of-range'
    severity = Severity.WARNING
    message = 'uWSGI cannot listen on port {port!r}: it {effect}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:99999\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:http\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = :$PORT\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nhttp-socket = 127.0.0.1:9292\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = :$(PORT)\n'),
    )
    exceptions = 'The block is a template that is filled in before uWSGI reads it.'
    source = (
        'core/socket.c, socket_to_in_addr(). Measured with uWSGI 2.0.21: port 99999 binds 34463.'
    )

    def judge_address(self, word: Word, document: Document) -> Iterator[Diagnostic]:
        host, colon, port = word.text.rpartition(':')
        bracketed = host.startswith('[') and host.endswith(']')
        if not colon or '/' in word.text or host == 'unix' or (':' in host and not bracketed):
            return
        is_number = NUMBER.fullmatch(port)
        if (is_number and int(port) <= LARGEST) or COMMENT.search(port):
            return  # of a comment UWS205 speaks, of <%= … %> UWS106
        if '<%' in document.source.text[word.start : word.end]:
            return
        number = read_integer(port)
        if not is_number or number > LARGEST:
            effect = f'binds {number % 65536}' if number else 'binds one that the system picks'
            remedy = _remedy(port, number)
            port = shortened(port)
            yield self.report(document, word.span, port=port, effect=effect, remedy=remedy)


def _remedy(port: str, number: int) -> str:
    """Say what the author may have meant."""
    if has_mark(port):
        return SHOW
    if MORE.fullmatch(port) and 0 < number <= LARGEST:
        return f'write {number} alone'
    return for_shell(port) or 'write a port from 1 to 65535'
