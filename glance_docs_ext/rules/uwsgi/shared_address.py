"""UWS602: a router and another listener on one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.addresses import (
    ROUTERS,
    SOCKETS,
    STATISTICS,
    address,
    listeners,
)
from glance_docs_ext.rules.uwsgi.repeated_option import LOGIC
from glance_docs_ext.rules.uwsgi.values import kind, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class SharedAddress(Rule):
    """The second one cannot bind, and the server does not start.

    Two sockets of one address are one socket for uWSGI; a router and the statistics server bind
    for themselves.
    """

    engines = ('uwsgi',)
    names = STATISTICS
    kinds = ROUTERS  # two sockets never meet
    code = 'UWS602'
    name = 'shared-address'
    severity = Severity.ERROR
    message = '{name!r} cannot listen on {address}: {first!r} does so on line {line}'
    help = 'give each of them a port of its own'
    bad = (Example('uwsgi', '[uwsgi]\nhttp = 127.0.0.1:9292\nhttp-socket = 127.0.0.1:9292\n'),)
    good = (Example('uwsgi', '[uwsgi]\nhttp = 127.0.0.1:9292\nstats = 127.0.0.1:1717\n'),)
    exceptions = 'None: no version of uWSGI starts with it.'
    source = 'Measured with uWSGI 2.0.21: "bind(): Address already in use", exit status 1.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        listening = listeners(document, engine)
        texts = {value(statement).text.partition(',')[0] for statement in listening}
        if len(texts) == len(listening) or not document.keys.isdisjoint(LOGIC):
            return
        seen: dict[str, Statement] = {}
        for statement in sorted(listening, key=lambda one: value(one).start):
            word = address(statement)
            port = word.text.rpartition(':')[2] if word else ''
            if word is None or not port.isdecimal() or int(port[:6]) == 0:
                continue
            first = seen.setdefault(word.text, statement)
            kinds = {kind(first, engine), kind(statement, engine)}
            if first is statement or kinds <= SOCKETS:
                continue
            place = document.source.place(first.span)
            yield self.report(
                document,
                word.span,
                name=statement.key,
                address=shortened(word.text),
                first=first.key,
                line=place.line,
            ).with_related(Related(place, f'the first: {first.key}'))
