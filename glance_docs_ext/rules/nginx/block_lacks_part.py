"""NGX225: a block without what it cannot be without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.contexts import opened_by
from glance_docs_ext.engines.nginx.wholes import closes_at, is_partial
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.nginx.needed_parts import parts
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.rules.nginx.needed_parts import Part
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
        Example('nginx', 'server {\n    listen 443;\n    ssl_preread on;\n}\n', version='1.26.3'),
        Example(
            'nginx', 'mail {\n    server {\n        listen 143;\n        protocol imap;\n    }\n}\n'
        ),
    )
    good = (
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999;\n}\n'),
        Example('nginx', 'events {}\nhttp {\n    server {\n        listen 80;\n    }\n}\n', 'main'),
        Example(
            'nginx',
            'stream {\n    server {\n        listen 80;\n'
            '        content_by_lua_file a.lua;\n    }\n}\n',
        ),
    )
    exceptions = (
        'None: no version of nginx starts with it, but for those from 1.27.1 on with a server of '
        '``stream`` that passes nothing on: they close each connection.'
    )
    source = (
        '"no servers are inside upstream", "no "events" section in configuration", "no '
        '"listen" is defined for server", "no handler for server", "no "auth_http" is defined", '
        '"unknown mail protocol".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        is_main = document.context == 'main'
        if is_main and not _has_events(document) and not is_partial(document):
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
            for part in parts(statement.key, _inside(statement)):
                around = scope.section if scope else None
                if not (_is_needed(part, engine) and _lacks(document, statement, around, part)):
                    continue
                if not (_may_have(statement, engine) or document.once(is_partial)):
                    key = statement.key
                    place = document.source.place(statement.name.span)
                    found = self.report_at(
                        place, name=key, complaint=part.complaint, remedy=part.remedy
                    )
                    end = closes_at(document, statement) if key == 'upstream' else None
                    yield self.noticed(found, document, end)
                    break


PORTS_OF_MAIL = frozenset({25, 110, 143, 465, 587, 993, 995})
INHERITED = frozenset({'auth_http'})
"""What may stand in the block around as well."""


def _inside(block: Statement) -> frozenset[str]:
    """Return where the lines of a block stand: what is there tells a server from another."""
    body = block.body  # all that is in a block has the same contexts
    return body[0].contexts if body else opened_by(block.key, block.contexts)


def _is_needed(part: Part, engine: Engine) -> bool:
    """Whether the version that is deployed does not start without it."""
    if not part.until:
        return True
    return engine.version is not None and engine.version.is_before(part.until)


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


def _may_have(block: Statement, engine: Engine) -> bool:
    """Whether a directive in ``block`` is not known: it may be what is missing, or mean it."""
    return any(inner.key not in engine.catalogue for inner in block.body or ())


def _keys_in(_document: Document, block: Statement) -> frozenset[str]:
    return frozenset(inner.key for inner in block.body or ())


def _has_port_of_mail(statement: Statement) -> bool:
    """Whether it is a ``listen`` that says the protocol: by a port that one of mail has."""
    words = statement.arguments if statement.key == 'listen' else ()
    return bool(words) and parse(words[0].text, listen=True).port in PORTS_OF_MAIL
