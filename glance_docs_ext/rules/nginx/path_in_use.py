"""NGX239: a folder for two caches, or for temporary files in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

CACHES = ('proxy_cache_path', 'fastcgi_cache_path', 'uwsgi_cache_path', 'scgi_cache_path')
TEMPORARY = (
    *('proxy_temp_path', 'fastcgi_temp_path', 'uwsgi_temp_path', 'scgi_temp_path'),
    'client_body_temp_path',
)


class PathInUse(Rule):
    """A cache has a folder of its own, and temporary files lie equally deep in theirs.

    ``proxy_temp_path`` and its like may share a folder if all of them write the same numbers.
    """

    code = 'NGX239'
    name = 'path-in-use'
    severity = Severity.ERROR
    message = '{path!r} {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = (*CACHES, *TEMPORARY)
    bad = (
        Example(
            'nginx',
            'proxy_cache_path /var/cache/nginx keys_zone=one:1m;\n'
            'fastcgi_cache_path /var/cache/nginx keys_zone=two:1m;\n',
        ),
        Example('nginx', 'proxy_temp_path /var/tmp/a 1 2;\nuwsgi_temp_path /var/tmp/a 1;\n'),
    )
    good = (
        Example('nginx', 'proxy_temp_path /var/tmp/a 1 2;\nuwsgi_temp_path /var/tmp/a 1 2;\n'),
        Example(
            'nginx',
            'proxy_cache_path /var/cache/nginx/one keys_zone=one:1m;\n'
            'fastcgi_cache_path /var/cache/nginx/two keys_zone=two:1m;\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_add_path()`` in src/core/ngx_file.c: "the same path name "x" used in", "has the '
        'different levels than"; nginx 1.22, asked.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        first: dict[str, Statement] = {}
        given = sorted(document.named(*self.names), key=lambda one: one.statement.name.start)
        for statement, _scope in given:
            path = next((word.text for word in statement.arguments), '')
            other = first.setdefault(path, statement)
            if other is statement:
                continue
            if other.key in CACHES or statement.key in CACHES:
                complaint, remedy = f'is in use by {other.key}', 'choose another folder'
            elif _levels(other) != _levels(statement):
                complaint, remedy = 'has other levels above', 'write the same numbers behind it'
            else:
                continue
            yield self.report(
                document,
                statement.span,
                path=shortened(path),
                complaint=complaint,
                remedy=remedy,
            ).with_related(Related(document.source.place(other.span), 'the first one'))


def _levels(statement: Statement) -> list[str]:
    return [word.text.lstrip('0') for word in statement.arguments[1:]]
