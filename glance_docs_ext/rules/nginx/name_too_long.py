"""NGX242: a key of a map, or the name of a server, that is longer than what nginx keeps it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.nginx.buckets import longest, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class NameTooLong(Rule):
    """nginx keeps the keys of maps, and the names of servers on one address, in buckets.

    A bucket is as long as ``map_hash_bucket_size`` or ``server_names_hash_bucket_size`` says,
    rounded up to full lines of the processor's cache. Where a name does not fit in, however long
    those are, nginx says that it could not build the hash.
    """

    code = 'NGX242'
    name = 'name-too-long'
    severity = Severity.ERROR
    message = '{name!r} is too long for {directive}'
    help = 'write {directive} {wanted}; above it'
    engines = ('nginx',)
    names = ('http', 'stream')  # where one of them is shown whole
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    map_hash_bucket_size 64;\n'
            '    map $uri $new {\n'
            f'        {"/the/old/path" * 20} /new;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    map_hash_bucket_size 512;\n'
            '    map $uri $new {\n'
            f'        {"/the/old/path" * 20} /new;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx', f'http {{\n    map $uri $new {{\n        ~{"/old" * 80} /new;\n    }}\n}}\n'
        ),
    )
    exceptions = 'None: no line of cache that we know of has more than 256 bytes.'
    source = (
        '``ngx_hash_init()``: "could not build map_hash, you should increase"; nginx 1.22 on '
        'amd64, asked with names of 44 to 240 bytes and buckets of 64 to 256.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for one in longest(one for one in too_long(document, engine) if not one.fits_somewhere):
            yield self.report_at(  # nginx names no line of it
                document.source.place(one.word.span),
                name=shortened(one.name),
                directive=one.directive,
                wanted=one.wanted,
            )
