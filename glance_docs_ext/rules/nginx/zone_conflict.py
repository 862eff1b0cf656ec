"""NGX238: a zone of shared memory for two uses, or of two sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.zones import PREFIXES, claims
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.engines.nginx.zones import Claim
    from glance_docs_ext.syntax import Document


class ZoneConflict(Rule):
    """A zone of shared memory belongs to one module, and has one size.

    Several servers may share a cache of TLS sessions if all of them write the same size, and
    ``http`` and ``stream`` have modules of their own: ``shared:SSL:10m`` in both is refused.
    """

    code = 'NGX238'
    name = 'zone-conflict'
    severity = Severity.ERROR
    message = 'the zone {name!r} {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = PREFIXES
    bad = (
        Example(
            'nginx',
            'limit_req_zone $uri zone=one:1m rate=1r/s;\nlimit_conn_zone $uri zone=one:1m;\n',
        ),
        Example(
            'nginx',
            'server {\n    ssl_session_cache shared:SSL:10m;\n}\n'
            'server {\n    ssl_session_cache shared:SSL:50m;\n}\n',
        ),
        Example(
            'nginx',
            'limit_conn_zone $uri zone=one:1m;\nserver {\n    limit_req zone=one;\n}\n',
        ),
        Example(
            'nginx',
            'proxy_cache_path /var/cache/nginx/a keys_zone=one:1m;\n'
            'proxy_cache_path /var/cache/nginx/b keys_zone=one:1m;\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'server {\n    ssl_session_cache shared:SSL:10m;\n}\n'
            'server {\n    ssl_session_cache shared:SSL:10240k;\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_shared_memory_add()``: "is already declared for a different use", "conflicts with '
        'already declared size"; ``ngx_http_file_cache_set_slot()``: "duplicate zone".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if len(self.statements(document)) < 2:
            return
        first: dict[str, Claim] = {}
        sized: dict[str, Claim] = {}
        for claim in document.once(claims):
            other = first.setdefault(claim.name, claim)
            before = sized.get(claim.name)
            if other is not claim and claim.is_of_another(other):
                use = f'is for {other.statement.key} already'
                yield self._found(document, claim, other, use, 'choose another name')
            elif claim.size is not None and before is None:
                sized[claim.name] = claim
            elif claim.size is not None and before is not None and claim.use not in ONCE:
                if claim.size != before.size:
                    said = 'has another size above'
                    yield self._found(document, claim, before, said, 'write the same size')
                elif claim.use in CACHES:
                    said = 'is laid out above'
                    yield self._found(document, claim, before, said, 'choose another name')

    def _found(
        self, document: Document, claim: Claim, other: Claim, complaint: str, remedy: str
    ) -> Diagnostic:
        first = Related(document.source.place(other.word.span), 'the first one')
        return self.report(
            document,
            claim.word.span,
            name=shortened(claim.name),
            complaint=complaint,
            remedy=remedy,
        ).with_related(first)


ONCE = frozenset({'limit_req', 'limit_conn'})
"""Uses whose second zone of a name the rule duplicate-name tells."""
CACHES = frozenset({'proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache'})
