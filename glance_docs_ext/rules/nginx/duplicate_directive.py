"""NGX207: a directive that may stand once in its block, and stands there twice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.values import meant
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

# Readers that hold one value and look whether it is set: "is duplicate".
ONCE = frozenset(
    f'ngx_conf_set_{name}_slot'
    for name in (
        'flag',
        'str',
        'num',
        'size',
        'off',
        'msec',
        'sec',
        'bufs',
        'enum',
        'path',
        'access',
    )
) | frozenset(
    {
        'ngx_http_set_complex_value_slot',
        'ngx_http_set_complex_value_size_slot',
        'ngx_http_set_complex_value_zero_slot',
        'ngx_stream_set_complex_value_slot',
        'ngx_stream_set_complex_value_size_slot',
        'ngx_stream_set_complex_value_zero_slot',
        'ngx_http_upstream_bind_set_slot',
    }
)
# Directives with a reader of their own that does the same; found by writing each of them twice.
ALSO = frozenset(
    (
        *('aio', 'alias', 'auth_basic_user_file', 'auth_request', 'charset', 'directio'),
        *('disable_symlinks', 'events', 'expires', 'grpc_pass', 'http', 'internal'),
        *('keepalive', 'keepalive_timeout', 'limit_except', 'mail', 'memcached_pass'),
        *('open_file_cache', 'open_log_file_cache', 'proxy_pass', 'real_ip_header'),
        *('resolver', 'root', 'source_charset', 'ssl', 'ssl_ocsp_cache', 'starttls', 'stream'),
        *('try_files', 'use', 'userid_expires', 'userid_mark', 'worker_connections'),
        *('worker_cpu_affinity', 'worker_priority', 'worker_processes'),
    )
) | frozenset(
    f'{by}_{name}'
    for by in ('proxy', 'fastcgi', 'uwsgi', 'scgi')
    for name in ('cache', 'cache_key', 'pass', 'store')
)

# They may stand several times, but `off` stands alone.
OFF_ALONE = frozenset(
    (
        *(f'proxy_{name}' for name in ('redirect', 'cookie_domain', 'cookie_flags', 'cookie_path')),
        'mirror',
    )
)


class DuplicateDirective(Rule):
    """Most directives hold one value, and nginx refuses a second one in the same block.

    The same directive in a block further in replaces the value there, and is no fault.
    """

    code = 'NGX207'
    name = 'duplicate-directive'
    severity = Severity.ERROR
    message = '{name} stands twice in this block'
    help = 'keep one of the two'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'location / {\n    mirror /a;\n    mirror off;\n}\n'),
        Example('nginx', 'server {\n    root /srv/a;\n    root /srv/b;\n}\n'),
        Example('nginx', 'server {\n    sendfile on;\n    sendfile on;\n}\n'),
        Example('nginx', 'server {\n    proxy_redirect /a /b;\n    proxy_redirect off;\n}\n'),
    )
    good = (
        Example(
            'nginx',
            'server {\n    root /srv/a;\n    location /b {\n        root /srv/b;\n    }\n}\n',
        ),
        Example('nginx', 'server {\n    add_header A b;\n    add_header C d;\n}\n'),
        Example('nginx', 'server {\n    proxy_redirect /a /b;\n    proxy_redirect /c /d;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "is duplicate"; the other readers were tried.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        once = _once(engine.catalogue)
        for key, placed in document.by_key.items():
            if len(placed) < 2 or key not in once:  # as most
                continue
            if len({scope for _, scope in placed}) == len(placed):
                continue
            first: dict[Statement | None, Statement] = {}
            for statement, scope in placed:
                block = scope.section if scope else None
                earlier = first.setdefault(block, statement)
                if earlier is statement:
                    continue
                if _holds_one(statement, engine.catalogue) or _is_off(statement, earlier):
                    place = document.source.place(earlier.name.span)
                    yield self.report(
                        document, statement.name.span, name=statement.name.text
                    ).with_related(Related(place, f'the first {statement.name.text}'))


def _is_off(*statements: Statement) -> bool:
    """Whether one of several alike says ``off`` and no more, which may not stand beside another.

    With a second word it is a text that is replaced, as any other.
    """
    return statements[0].key in OFF_ALONE and any(
        [word.text for word in statement.arguments] == ['off'] for statement in statements
    )


@cache
def _once(catalogue: Catalogue) -> frozenset[str]:
    """Return the names that may hold one value only."""
    return frozenset(
        key
        for key in catalogue
        if key in ALSO | OFF_ALONE or any(entry.kind in ONCE for entry in catalogue[key])
    )


def _holds_one(statement: Statement, catalogue: Catalogue) -> bool:
    entries = meant(statement, catalogue)
    return bool(entries) and all(e.kind in ONCE or e.name in ALSO for e in entries)
