"""NGX224: a zone of shared memory that nothing defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import closes_at, inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word

ZONES = {
    'limit_req': ('limit_req_zone', 'zone='),
    'limit_conn': ('limit_conn_zone', 'zone='),
    **{
        f'{by}_cache': (f'{by}_cache_path', 'keys_zone=')
        for by in ('proxy', 'fastcgi', 'uwsgi', 'scgi')
    },
}


class UnknownZone(Rule):
    """``limit_req``, ``limit_conn`` and ``proxy_cache`` name a zone.

    Another directive lays it out. Only ``http`` and ``stream`` blocks seen whole are judged.
    """

    code = 'NGX224'
    name = 'unknown-zone'
    severity = Severity.ERROR
    message = '{directive} lays out no zone {name!r}'
    help = 'add a {directive} for it, or use the name of another zone'
    engines = ('nginx',)
    names = ZONES
    bad = (Example('nginx', 'http {\n    server {\n        limit_req zone=uploads;\n    }\n}\n'),)
    good = (
        Example(
            'nginx',
            'http {\n'
            '    limit_req_zone $binary_remote_addr zone=uploads:10m rate=1r/s;\n'
            '    server {\n'
            '        limit_req zone=uploads;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_shared_memory_add()``: "zero size shared memory zone".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue):
            for user in document.keys & ZONES.keys():
                maker, prefix = ZONES[user]
                used = [(w, n) for s in inside(document, block, [user]) for w, n in _used(s)]
                made = {
                    word.text[len(prefix) :].rpartition(':')[0]
                    for statement in inside(document, block, [maker])
                    for word in statement.arguments
                    if word.text.startswith(prefix)
                }
                for word, name in used:
                    if name not in made:
                        place = document.source.place(word.span)
                        found = self.report_at(place, directive=maker, name=shortened(name))
                        merged = user.endswith('_cache')  # of the others nginx names no line
                        end = closes_at(document, block) if merged else None
                        yield self.noticed(found, document, end)


def _used(statement: Statement) -> Iterator[tuple[Word, str]]:
    """Yield the words of ``statement`` that name a zone, and the names."""
    if statement.key == 'limit_req':
        for word in statement.arguments:
            if word.text.startswith('zone='):
                yield word, word.text[5:]
    elif statement.arguments:
        word = statement.arguments[0]
        if '$' not in word.text and not (word.text == 'off' and statement.key != 'limit_conn'):
            yield word, word.text
