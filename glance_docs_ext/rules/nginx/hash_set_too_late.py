"""NGX246: the size of the hash of maps, set behind a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class HashSetTooLate(Rule):
    """nginx puts a map together where it stands, and takes its own sizes where none is set by then.

    A ``map_hash_max_size`` or ``map_hash_bucket_size`` behind it is the second one to nginx, even
    where the text has no other: "is duplicate".
    """

    code = 'NGX246'
    name = 'hash-set-too-late'
    severity = Severity.ERROR
    message = '{name} stands behind a map, which has taken a size of its own'
    help = 'write it above the first map'
    engines = ('nginx',)
    names = ('map_hash_bucket_size', 'map_hash_max_size')
    bad = (
        Example('nginx', 'map $uri $new {\n    default a;\n}\nmap_hash_max_size 4096;\n', 'http'),
        Example(
            'nginx',
            'map_hash_max_size 4096;\nmap $uri $new {\n    default a;\n}\n'
            'map_hash_bucket_size 128;\n',
        ),
    )
    good = (
        Example('nginx', 'map_hash_max_size 4096;\nmap $uri $new {\n    default a;\n}\n'),
        Example(
            'nginx',
            'http {\n    map $uri $new {\n        default a;\n    }\n}\n'
            'stream {\n    map_hash_max_size 4096;\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_map_block()`` in src/http/modules/ngx_http_map_module.c.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        first: dict[Statement | None, Statement] = {}
        for statement, scope in document.named('map'):
            if statement.body is not None:
                first.setdefault(scope.section if scope else None, statement)
        for statement, scope in document.named(*self.names) if first else ():
            earlier = first.get(scope.section if scope else None)
            if earlier is not None and earlier.name.start < statement.name.start:
                place = document.source.place(earlier.name.span)
                yield self.report(
                    document, statement.name.span, name=statement.name.text
                ).with_related(Related(place, 'the map'))
