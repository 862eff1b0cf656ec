"""UWS218: a value that is no IP address where only one will do."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import has_path, is_applied, known_part, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

KINDS = frozenset({'uwsgi_opt_add_addr_list'})
OF_ADDRESSES = re.compile('[0-9A-Fa-f:.]*')


class AddressExpected(StatementRule):
    """Where uWSGI compares the address of a client it takes one address: no name, port or network.

    It refuses everything else.
    """

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS218'
    name = 'address-expected'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: it is no IP address'
    help = 'write it as in "{name} = 192.0.2.1"'
    bad = (
        Example('uwsgi', '[uwsgi]\nhttp = :9292\nmaster = true\nhttp-stud-prefix = localhost\n'),
        Example('uwsgi', '[uwsgi]\nhttp = :9292\nmaster = true\nhttp-stud-prefix = host-%h\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nhttp = :9292\nmaster = true\nhttp-stud-prefix = 127.0.0.1\n'),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_add_addr_list(). Measured with uWSGI 2.0.21: "http-stud-prefix: '
        'invalid address", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        word = value(statement)
        if known_part(word) == word.text:
            is_wrong = not _is_address(word.text)
        else:
            begun = known_part(word)
            is_wrong = has_path(word) or not OF_ADDRESSES.fullmatch(begun)
        if is_wrong:
            span = word.span if word.text else statement.span
            yield self.report(document, span, name=statement.key, value=shortened(word.text))


def _is_address(text: str) -> bool:
    """Whether ``inet_pton()`` reads ``text``."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return '%' not in text
