"""NGX231: TLS without a certificate, or a certificate without its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.tls import needing_certificate, servers
from glance_docs_ext.engines.nginx.wholes import whole_blocks
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.engines.nginx.tls import Server
    from glance_docs_ext.syntax import Document, Statement


class CertificateMissing(Rule):
    """A server that listens with ``ssl`` needs ``ssl_certificate``, and that needs its key.

    Both may stand in the server or around it, so only ``http``, ``stream`` and ``mail`` blocks that
    can be seen whole are judged. Of several servers on one address the default one needs them.
    """

    code = 'NGX231'
    name = 'certificate-missing'
    severity = Severity.ERROR
    message = 'this server has no {missing}, which {wants} needs'
    help = 'add {missing} with the name of the file'
    engines = ('nginx',)
    names = ('http', 'stream', 'mail')
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
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        listen 443 ssl;\n'
            '        ssl_certificate /etc/ssl/certs/glance.pem;\n'
            '        ssl_certificate_key /etc/ssl/private/glance.key;\n'
            '    }\n'
            '    server {\n'
            '        listen 8443 ssl;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'mail {\n'
            '    auth_http 127.0.0.1:9000/auth;\n'
            '    server {\n'
            '        listen 143;\n'
            '        starttls on;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'mail {\n'
            '    ssl on;\n'
            '    ssl_certificate /etc/ssl/certs/glance.pem;\n'
            '    server { listen 993; auth_http 127.0.0.1:9000/auth; }\n'
            '}\n'
            'events {}\n',
            version='1.22.1',
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
        if not any(word in document.source.text for word in ('ssl', 'tls', 'quic')):
            return
        for block in whole_blocks(document, engine.catalogue, self.names):
            given = servers(block.body or ())
            for server, listen in needing_certificate(given, block.key):
                if not server.may_do_without:
                    named = server.statement if block.key == 'http' else None
                    yield self._found(document, listen, 'ssl_certificate', named)
            for server in (one for one in given if one.held):
                yield from self._switched_on(document, server, block)
                certificates = server.all('ssl_certificate')
                switches = (server.says('ssl', 'on'), _starttls(server, block))
                asking = [*server.with_tls, *filter(None, switches)]
                is_read = block.key == 'http' or bool(asking)
                if is_read and len(server.all('ssl_certificate_key')) < len(certificates):
                    named = asking[0] if block.key != 'http' else None
                    yield self._found(document, certificates[-1], 'ssl_certificate_key', named)
                verifying = server.says('ssl_verify_client', 'on', 'optional')
                is_verified = is_read and block.key != 'mail' and server.may_do_without
                is_alone = _is_old(engine) and not server.all('ssl_client_certificate')
                if verifying and is_verified and is_alone:
                    yield self._found(document, verifying, 'ssl_client_certificate')

    def _switched_on(
        self, document: Document, server: Server, block: Statement
    ) -> Iterator[Diagnostic]:
        """Yield the directive of a server without a certificate that asks for TLS."""
        asking = server.says('ssl', 'on') or _starttls(server, block)
        if asking and not server.all('ssl_certificate') and not server.with_tls:
            yield self._found(document, asking, 'ssl_certificate')

    def _found(
        self,
        document: Document,
        statement: Statement,
        missing: str,
        named: Statement | None = None,
    ) -> Diagnostic:
        wants = '"listen … ssl"' if statement.key == 'listen' else statement.key
        place = document.source.place(statement.span)
        found = self.report_at(place, missing=missing, wants=wants)
        return self.noticed(found, document, named.name.start if named else None)


def _starttls(server: Server, block: Statement) -> Statement | None:
    return server.says('starttls', 'on', 'only') if block.key == 'mail' else None


def _is_old(engine: Engine) -> bool:
    """Whether clients cannot be verified without ``ssl_client_certificate``."""
    return engine.version is not None and engine.version.is_before('1.27.2')
