"""NGX231: TLS without a certificate, or a certificate without its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class CertificateMissing(Rule):
    """A server that listens with ``ssl`` needs ``ssl_certificate``, and that needs its key.

    Both may stand in the server or around it, so only ``http`` and ``stream`` blocks that can be
    seen whole are judged, and only where there is none in any server of theirs.
    """

    code = 'NGX231'
    name = 'certificate-missing'
    severity = Severity.ERROR
    message = 'this {block} block has no {missing}, which {wants} needs'
    help = 'add {missing} with the name of the file'
    engines = ('nginx',)
    names = ('listen', 'ssl_certificate')
    bad = (
        Example('nginx', 'http {\n    server {\n        listen 443 ssl;\n    }\n}\n'),
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        listen 443 ssl;\n'
            '        ssl_certificate /etc/ssl/certs/glance.pem;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example('nginx', 'server {\n    listen 443 ssl;\n}\n'),
        Example(
            'nginx',
            'http {\n'
            '    ssl_certificate /etc/ssl/certs/glance.pem;\n'
            '    ssl_certificate_key /etc/ssl/private/glance.key;\n'
            '    server {\n'
            '        listen 443 ssl;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '"no "ssl_certificate" is defined for the "listen ... ssl" directive", "no '
        '"ssl_certificate_key" is defined for certificate"; nginx 1.22.1, asked.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue):
            certificates = inside(document, block, ['ssl_certificate'])
            keys = inside(document, block, ['ssl_certificate_key'])
            servers = [one for one in inside(document, block, ['server']) if one.body is not None]
            if not certificates:
                yield from self._listening(document, block, servers)
            # A server of stream that does not listen with ssl has no use for a certificate.
            elif block.key == 'http' and servers and not keys:
                yield self._found(document, block, certificates[0], 'ssl_certificate_key')

    def _listening(
        self, document: Document, block: Statement, servers: list[Statement]
    ) -> Iterator[Diagnostic]:
        if inside(document, block, ['ssl_reject_handshake']):
            return
        for listen in inside(document, block, ['listen']):
            if 'ssl' in [word.text for word in listen.arguments[1:]]:
                found = self._found(document, block, listen, 'ssl_certificate')
                above = [one.name.start for one in servers if one.name.start < listen.name.start]
                named = above[-1] if above and block.key == 'http' else None
                yield self.noticed(found, document, named)
                return

    def _found(
        self, document: Document, block: Statement, statement: Statement, missing: str
    ) -> Diagnostic:
        wants = '"listen … ssl"' if statement.key == 'listen' else statement.key
        place = document.source.place(statement.span)
        return self.report_at(place, block=block.key, missing=missing, wants=wants)
