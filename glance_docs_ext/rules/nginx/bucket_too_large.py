"""NGX247: buckets of a hash that are larger than nginx can build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.values import size
from glance_docs_ext.engines.nginx.wholes import end_of_http
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.nginx.buckets import LINE, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

LARGEST = 65536 - LINE  # where a line of cache has so many bytes; less where it has more


class BucketTooLarge(Rule):
    """A bucket of a hash has less than 64k, and nginx does not start with a larger one.

    The hash of maps is built where a map has keys that are no patterns, that of variables always.
    """

    code = 'NGX247'
    name = 'bucket-too-large'
    severity = Severity.ERROR
    message = '{name} is more than nginx can build a hash with'
    help = 'write a smaller one: {name} 128 is enough for most'
    engines = ('nginx',)
    names = ('map_hash_bucket_size', 'variables_hash_bucket_size')
    bad = (
        Example('nginx', 'map_hash_bucket_size 262144;\nmap $uri $new {\n    /a b;\n}\n'),
        Example('nginx', 'variables_hash_bucket_size 65536;\n'),
    )
    good = (
        Example('nginx', 'map_hash_bucket_size 65472;\nmap $uri $new {\n    /a b;\n}\n'),
        Example('nginx', 'map_hash_bucket_size 262144;\nmap $uri $new {\n    ~/a b;\n}\n'),
    )
    exceptions = 'None: no line of cache has fewer than 64 bytes.'
    source = '``ngx_hash_init()`` in src/core/ngx_hash.c: "too large x_bucket_size".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*self.names):
            given = size(statement.arguments[0].text) if statement.arguments else None
            if given is None or given <= LARGEST:
                continue
            block = scope.section if scope else None
            if statement.key.startswith('map') and block not in document.once(_with_maps):
                continue
            found = self.report(document, statement.arguments[0].span, name=statement.key)
            yield self.noticed(found, document, end_of_http(document, statement))


def _with_maps(document: Document) -> set[Statement | None]:
    """Return the blocks in which a map has a key that is kept in a hash; None is the top."""
    return {
        scope.section if scope else None
        for block, scope in document.named('map')
        if any(map(is_kept, block.body or ()))
    }
