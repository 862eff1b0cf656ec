"""NGX250: a server whose name is to be looked up again and again, and what that needs."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.wholes import is_partial, whole_blocks
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement

SINCE = '1.27.3'  # before that NGX214 refuses the words
SERVICE = 'service='


class LookupLacksPart(Rule):
    """``resolve`` has nginx look a name up again and again: in a ``zone``, by a ``resolver``.

    Both may stand in the ``upstream``, the resolver around it as well. ``service=`` asks for the
    record of a service, so it needs ``resolve``, and a name without a port.
    """

    code = 'NGX250'
    name = 'lookup-lacks-part'
    severity = Severity.ERROR
    message = '{what}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('upstream',)
    bad = (
        Example('nginx', 'upstream glance {\n    server glance.example.com resolve;\n}\n'),
        Example(
            'nginx',
            'http {\n'
            '    upstream glance {\n'
            '        zone glance 64k;\n'
            '        server glance.example.com resolve;\n'
            '    }\n'
            '}\n',
        ),
        Example('nginx', 'upstream glance {\n    server glance.example.com service=http;\n}\n'),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    resolver 127.0.0.1;\n'
            '    upstream glance {\n'
            '        zone glance 64k;\n'
            '        server glance.example.com resolve;\n'
            '    }\n'
            '}\n',
        ),
        Example('nginx', 'upstream glance {\n    server 192.0.2.1 resolve;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'nginx 1.30.6, asked: "resolving names at run time requires upstream "glance" to be in '
        'shared memory", "no resolver defined to resolve names at run time", "service upstream '
        '"a" requires "resolve" parameter".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if not ('resolve' in text or SERVICE in text):
            return  # as nearly all
        if engine.version is not None and engine.version.is_before(SINCE):
            return
        judged: set[Statement] = set()
        for server, scope in document.named('server'):
            if server.body is not None or scope is None or scope.section.key != 'upstream':
                continue
            words = [word.text for word in server.arguments]
            service = next((word for word in words[1:] if word.startswith(SERVICE)), None)
            if service is not None and (fault := _service(service, words)):
                span = Span(server.arguments[0].start, server.arguments[-1].end)
                yield self.report(document, span, what=fault[0], remedy=fault[1])
            elif 'resolve' in words[1:] and _is_name(words[0]) and scope.section not in judged:
                judged.add(scope.section)
                if fault := _lacking(document, scope, engine):
                    place = document.source.place(server.span)
                    found = self.report_at(place, what=fault[0], remedy=fault[1])
                    yield self.noticed(found, document, scope.section.name.start)


def _service(service: str, words: list[str]) -> tuple[str, str] | None:
    """Return what is wrong with a service that is asked for, and what to do."""
    if service == SERVICE:
        return 'no service is named', 'write one, such as service=http'
    if 'resolve' not in words[1:]:
        return 'service needs resolve', 'write resolve behind the name as well'
    if parse(words[0]).port is not None:
        return 'a service tells the port itself', f'take the port away from {words[0]}'
    if not _is_name(words[0]):
        return 'a service needs a name', 'write the name of the domain for the address'
    return None


def _lacking(document: Document, scope: Scope, engine: Engine) -> tuple[str, str] | None:
    """Return what an upstream lacks to look names up, as far as the text shows that."""
    keys = {inner.key for inner in scope.section.body or ()}
    if 'include' in keys or is_partial(document):
        return None
    if 'zone' not in keys:
        return 'resolve needs a zone in this upstream', 'add one: zone NAME 64k;'
    around = scope.outer.section if scope.outer else None
    if 'resolver' in keys or around not in whole_blocks(document, engine.catalogue):
        return None
    if any(inner.key == 'resolver' for inner in around.body or ()):
        return None
    return 'resolve needs a resolver', f'add one to the upstream or to {around.key}'


def _is_name(address: str) -> bool:
    """Whether it is no address of the Internet, and no socket: those are not looked up."""
    host = parse(address).host
    if host.startswith(('[', 'unix:')):
        return False
    try:
        ipaddress.IPv4Address('.'.join(part.lstrip('0') or '0' for part in host.split('.')))
    except ValueError:
        return True
    return False
