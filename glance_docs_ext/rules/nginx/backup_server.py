"""NGX237: a backup where there can be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


class BackupServer(Rule):
    """A ``backup`` stands in for other servers, so an ``upstream`` needs one that is none.

    Where ``hash``, ``ip_hash`` or ``random`` stand above, no server can be a backup. Below it they
    say nothing of it, and it is never asked.
    """

    code = 'NGX237'
    name = 'backup-server'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('upstream',)
    bad = (
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999 backup;\n}\n'),
        Example(
            'nginx',
            'upstream glance {\n'
            '    ip_hash;\n'
            '    server 127.0.0.1:60999;\n'
            '    server 127.0.0.1:60998 backup;\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'upstream glance {\n'
            '    least_conn;\n'
            '    server 127.0.0.1:60999;\n'
            '    server 127.0.0.1:60998 backup;\n'
            '}\n',
        ),
    )
    exceptions = 'A later version may know backups beside these methods.'
    source = (
        '``ngx_http_upstream_server()``: "balancing method does not support parameter "backup""; '
        '``ngx_http_upstream_init_round_robin()``: "no servers in upstream"; nginx 1.22, asked.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for upstream, _scope in document.named('upstream'):
            refused = _beside_method(upstream)
            if refused is not None:
                word, method = refused
                yield self.report(
                    document,
                    word.span,
                    complaint=f'{method} knows no backup',
                    remedy='take backup away, or balance in another way',
                )
            elif _has_backups_only(upstream):
                yield self.report(
                    document,
                    upstream.span,
                    complaint='all servers of this upstream are backups',
                    remedy='let one of them be none',
                )


WITHOUT_BACKUP = frozenset({'hash', 'ip_hash', 'random'})
METHODS = WITHOUT_BACKUP | {'least_conn', 'fair', 'least_time', 'sticky'}


def _backup(statement: Statement) -> Word | None:
    if statement.key != 'server':
        return None
    return next((word for word in statement.arguments[1:] if word.text == 'backup'), None)


def _beside_method(upstream: Statement) -> tuple[Word, str] | None:
    """Return the first backup that the method above it does not know, and that method."""
    method = ''
    for statement in upstream.body or ():
        if statement.key in METHODS:
            method = statement.key
        word = _backup(statement)
        if word is not None and method in WITHOUT_BACKUP:
            return word, method
    return None


def _has_backups_only(upstream: Statement) -> bool:
    body = upstream.body or ()
    servers = [statement for statement in body if statement.key == 'server']
    is_whole = all(statement.key != 'include' for statement in body)
    return bool(servers) and is_whole and all(_backup(server) is not None for server in servers)
