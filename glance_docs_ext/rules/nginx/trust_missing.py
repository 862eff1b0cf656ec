"""NGX243: certificates of the servers behind are verified, and nobody says against what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement

SCHEMES = {'proxy': 'https://', 'grpc': 'grpcs://', 'uwsgi': 'suwsgi://'}
PASSES = {f'{by}_pass': by for by in SCHEMES}
HELD = frozenset(
    f'{by}_ssl{end}' for by in SCHEMES for end in ('', '_verify', '_trusted_certificate')
)


class TrustMissing(Rule):
    """``proxy_ssl_verify`` needs ``proxy_ssl_trusted_certificate`` where TLS is spoken behind.

    Both may stand in any block around ``proxy_pass``, so only ``http`` and ``stream`` blocks that
    can be seen whole are judged.
    """

    code = 'NGX243'
    name = 'trust-missing'
    severity = Severity.ERROR
    message = '{verify} needs {trusted}, and there is none'
    help = 'add {trusted} with the file of certificates that are trusted'
    engines = ('nginx',)
    names = tuple(f'{by}_ssl_verify' for by in SCHEMES)
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    proxy_ssl_verify on;\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_pass https://127.0.0.1:8443;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    proxy_ssl_verify on;\n'
            '    proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_pass https://127.0.0.1:8443;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '"no proxy_ssl_trusted_certificate for proxy_ssl_verify"; nginx 1.22.1, asked.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        nothing: dict[str, Statement] = {}
        held = document.handed_down(nothing, _held)
        scopes: dict[Statement, Scope | None] = dict(document.named(*PASSES))
        told: set[Statement] = set()
        for block in whole_blocks(document, engine.catalogue):
            for statement in inside(document, block, document.keys & PASSES.keys()):
                by, here = PASSES[statement.key], held[scopes[statement]]
                verify = here.get(f'{by}_ssl_verify')
                trusted = f'{by}_ssl_trusted_certificate'
                if verify is None or not _is_on(verify) or trusted in here or verify in told:
                    continue
                if _speaks_tls(statement, here.get(f'{by}_ssl'), block.key):
                    told.add(verify)
                    place = document.source.place(verify.span)  # nginx names no line of it
                    yield self.report_at(place, verify=verify.key, trusted=trusted)


def _held(section: Statement, around: dict[str, Statement]) -> dict[str, Statement]:
    """Return what holds in a section: its own, or what holds around it."""
    own = {inner.key: inner for inner in section.body or () if inner.key in HELD}
    return {**around, **own} if own else around


def _is_on(statement: Statement) -> bool:
    return [word.text.lower() for word in statement.arguments] == ['on']


def _speaks_tls(statement: Statement, switch: Statement | None, block: str) -> bool:
    """Whether TLS is spoken to what a statement passes to; a variable may stand for that."""
    if block == 'stream':
        return switch is not None and _is_on(switch)
    text = statement.arguments[0].text.lower() if statement.arguments else ''
    return text.startswith(SCHEMES[PASSES[statement.key]]) or (
        statement.key == 'proxy_pass' and '$' in text
    )
