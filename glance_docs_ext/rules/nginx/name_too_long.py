"""NGX242: a key of a map, or the name of a server, that is longer than what nginx keeps it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.tls import sharing
from glance_docs_ext.engines.nginx.values import size
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word

LINE = 64  # bytes of a line of cache, and so of a bucket: nginx rounds up to that


class NameTooLong(Rule):
    """nginx keeps the keys of maps, and the names of servers on one address, in buckets.

    A bucket has 64 bytes unless ``map_hash_bucket_size`` or ``server_names_hash_bucket_size`` says
    otherwise, and 18 of them are taken: a name of 47 does not fit in. nginx then says that it could
    not build the hash.
    """

    code = 'NGX242'
    name = 'name-too-long'
    severity = Severity.ERROR
    message = '{name!r} is too long: {directive} is {bucket}'
    help = 'write {directive} {wanted}; above it'
    engines = ('nginx',)
    names = ('map', 'server_name')
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    map $uri $new {\n'
            '        /the/old/path/of/a/page/that/has/moved/to/another/place /new;\n'
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
    exceptions = 'The processor has longer lines of cache than 64 bytes, as those of POWER have.'
    source = (
        '``ngx_hash_init()``: "could not build map_hash, you should increase"; nginx 1.22 on '
        'amd64, asked with names of 44 to 112 bytes.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue):
            directive, bucket = 'map_hash_bucket_size', LINE
            for statement in inside(document, block, ['map', directive]):
                if statement.key == directive:  # a map is put together where it stands
                    bucket = _rounded(statement)
                    continue
                for line in statement.body or ():
                    if _is_too_long(_key(line), bucket):
                        yield self._found(document, line.name, directive, bucket)
                        break
            directive, bucket = 'server_names_hash_bucket_size', LINE
            for statement in inside(document, block, [directive]):
                bucket = _rounded(statement)
            for word in _names(block) if block.key == 'http' else ():
                if _is_too_long(_exact(word.text), bucket):
                    yield self._found(document, word, directive, bucket)

    def _found(self, document: Document, word: Word, directive: str, bucket: int) -> Diagnostic:
        wanted = bucket
        while _is_too_long(word.text, wanted):
            wanted *= 2
        return self.report_at(  # nginx names no line of it
            document.source.place(word.span),
            name=shortened(word.text),
            directive=directive,
            bucket=bucket,
            wanted=wanted,
        )


def _rounded(statement: Statement) -> int:
    """Return the size of a bucket that a directive sets: full lines of cache."""
    given = size(statement.arguments[0].text) if statement.arguments else None
    return -(-(given or LINE) // LINE) * LINE


def _is_too_long(name: str, bucket: int) -> bool:
    """Whether a name with its length and two pointers does not fit in: ``NGX_HASH_ELT_SIZE``."""
    return 16 + -(-(len(name.encode(errors='surrogatepass')) + 2) // 8) * 8 > bucket


def _key(line: Statement) -> str:
    """Return the key of a line of a map, '' where that is no plain text."""
    text = line.name.text
    if text.startswith(('~', '*', '.')) or text.endswith('.*') or text == 'include':
        return ''
    return text.removeprefix('\\')


def _exact(name: str) -> str:
    """Return a name of a server, '' where that is a pattern."""
    is_pattern = name.startswith(('~', '*')) or name.endswith('*')
    return '' if is_pattern else name.removeprefix('.')


def _names(block: Statement) -> Iterator[Word]:
    """Yield the names of the servers that share an address with another: others are not kept."""
    for server in sharing(block.body or ()):
        for statement in server.body or ():
            if statement.key == 'server_name':
                yield from statement.arguments
