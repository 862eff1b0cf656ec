"""NGX225: a block without what it cannot be without."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.contexts import opened_by
from glance_docs_ext.engines.nginx.wholes import closes_at, is_partial
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class BlockLacksPart(Rule):
    """nginx.conf needs an ``events`` block, and an ``upstream`` a server.

    A server of ``stream`` or ``mail`` needs an address; in ``stream`` it passes on or answers, in
    ``mail`` it asks another server who may log in.
    A text whose context is not said may be a part of something larger, and is judged less.
    """

    code = 'NGX225'
    name = 'block-lacks-part'
    severity = Severity.ERROR
    message = '{name} {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'upstream glance {\n    keepalive 8;\n}\n'),
        Example('nginx', 'http {\n    server {\n        listen 80;\n    }\n}\n', 'main'),
        Example('nginx', 'http {\n    include /etc/nginx/mime.types;\n}\n', 'main'),
        Example(
            'nginx', 'mail {\n    server {\n        listen 143;\n        protocol imap;\n    }\n}\n'
        ),
    )
    good = (
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999;\n}\n'),
        Example('nginx', 'events {}\nhttp {\n    server {\n        listen 80;\n    }\n}\n', 'main'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '"no servers are inside upstream", "no "events" section in configuration", "no '
        '"listen" is defined for server", "no handler for server", "no "auth_http" is defined", '
        '"unknown mail protocol".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if is_partial(document):
            return
        if document.context == 'main' and not _has_events(document):
            first = next(iter(document.statements), None)
            span = first.name.span if first else Span(0, 0)
            yield self.report(
                document,
                span,
                name='nginx.conf',
                complaint='has no events block',
                remedy='write "events {}" at the top',
            )
        for statement, scope in document.named('upstream', 'server'):
            if statement.body is None:
                continue
            for part in _parts(statement.key, statement.contexts):
                if _lacks(document, statement, scope.section if scope else None, part):
                    key = statement.key
                    place = document.source.place(statement.name.span)
                    found = self.report_at(
                        place, name=key, complaint=part.complaint, remedy=part.remedy
                    )
                    end = closes_at(document, statement) if key == 'upstream' else None
                    yield self.noticed(found, document, end)
                    break


STREAM = frozenset({'stream-server'})
MAIL = frozenset({'mail-server'})
UPSTREAM = frozenset({'upstream', 'stream-upstream'})
HANDLERS = ('proxy_pass', 'return', 'pass', 'js_access', 'js_preread', 'js_filter', 'echo')
PARTS = (
    ('upstream', UPSTREAM, ('server',), 'has no server', 'add one: server ADDRESS;'),
    ('server', STREAM, ('listen',), 'has no listen', 'add one: listen PORT;'),
    ('server', MAIL, ('listen',), 'has no listen', 'add one: listen PORT;'),
    ('server', STREAM, HANDLERS, 'passes nothing on', 'add proxy_pass or return'),
    ('server', MAIL, ('auth_http',), 'has no auth_http', 'add one, here or in mail'),
    (
        *('server', MAIL, ('protocol',), 'has no protocol, and listens on no port of one'),
        'add protocol imap, pop3 or smtp',
    ),
)
PORTS_OF_MAIL = frozenset({25, 110, 143, 465, 587, 993, 995})
INHERITED = frozenset({'auth_http'})
"""What may stand in the block around as well."""


class Part(NamedTuple):
    """What must stand in a block: one of ``names``, or an include."""

    names: frozenset[str]
    complaint: str
    remedy: str


@cache
def _parts(block: str, contexts: frozenset[str]) -> list[Part]:
    inside = opened_by(block, contexts)
    return [
        Part(frozenset({*names, 'include'}), complaint, remedy)
        for name, places, names, complaint, remedy in PARTS
        if name == block and inside <= places
    ]


def _has_events(document: Document) -> bool:
    return any(statement.key in {'events', 'include'} for statement in document.statements)


def _lacks(document: Document, block: Statement, around: Statement | None, part: Part) -> bool:
    """Whether ``block`` lacks a part, as far as the text shows that.

    What it may inherit is missed where the block ``around`` is shown, and has none either.
    """
    body = block.body or ()
    if not part.names.isdisjoint([inner.key for inner in body]):
        return False
    if 'protocol' in part.names and any(map(_has_port_of_mail, body)):
        return False
    if part.names.isdisjoint(INHERITED):
        return True
    return around is not None and part.names.isdisjoint(document.once(_keys_in, around))


def _keys_in(_document: Document, block: Statement) -> frozenset[str]:
    return frozenset(inner.key for inner in block.body or ())


def _has_port_of_mail(statement: Statement) -> bool:
    """Whether it is a ``listen`` that says the protocol: by a port that one of mail has."""
    words = statement.arguments if statement.key == 'listen' else ()
    return bool(words) and parse(words[0].text, listen=True).port in PORTS_OF_MAIL
