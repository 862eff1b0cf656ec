"""NGX245: a name that is too long for a bucket on processors with short lines of cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.nginx.buckets import LINE, longest, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


POWER = 128  # bytes of a line of cache
WHERE = {
    (LINE,): 'amd64 and arm64, where a line of cache has 64 bytes',
    (LINE, POWER): 'amd64, arm64 and POWER, where a line of cache has 64 or 128 bytes',
}


class NameTooLongForMost(Rule):
    """A bucket of nginx' hashes is one line of the processor's cache, or more full ones.

    So the same file starts on one machine and not on another: a name of 47 bytes does not fit into
    64, for 18 are taken, and into the 128 of POWER it does. nginx then says that it could not build
    the hash.
    """

    code = 'NGX245'
    name = 'name-too-long-for-most'
    severity = Severity.WARNING
    message = '{name!r} is too long for {directive} on {where}'
    help = 'write {directive} {wanted}; above it'
    engines = ('nginx',)
    names = ('http', 'stream')  # where one of them is shown whole
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    map $uri $new {\n'
            '        /the/old/path/of/a/page/that/has/moved/to/another/place /new;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'http {\n'
            '    map_hash_bucket_size 128;\n'
            '    map $uri $new {\n'
            f'        {"/the/old/path" * 9} /new;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    map_hash_bucket_size 128;\n'
            '    map $uri $new {\n'
            '        /the/old/path/of/a/page/that/has/moved/to/another/place /new;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'http {\n'
            '    map $uri $new {\n'
            '        ~^/the/old/path/of/a/page/that/has/moved/to/another/place /new;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'The file is for a processor with longer lines of cache only.'
    source = (
        '``ngx_hash_init()``, and ``ngx_os_init()``, which asks the system how long a line is; '
        'nginx 1.22 on amd64 refuses names of 47 bytes and more, and of 111 in a bucket of 128.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        # NGX242 speaks of those that fit nowhere.
        for one in longest(one for one in too_long(document, engine) if one.fits_somewhere):
            short = tuple(line for line in (LINE, POWER) if not one.fits(one.bucket(line)))
            yield self.report(
                document,
                one.word.span,
                name=shortened(one.name),
                directive=one.directive,
                where=WHERE[short],
                wanted=one.wanted,
            )
