"""NGX228: two things of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

PREFIXES = {
    'log_format': '',
    'upstream': '',
    'thread_pool': '',
    'limit_conn': '',
    'limit_req': 'zone=',
    'limit_conn_zone': 'zone=',
    'limit_req_zone': 'zone=',
}
NAMED = tuple(PREFIXES)


class DuplicateName(Rule):
    """A log format, an upstream and a zone of memory have a name, and it is theirs alone.

    The log format ``combined`` is nginx's own. ``limit_req`` and ``limit_conn`` may name a zone
    once in a block.
    """

    code = 'NGX228'
    name = 'duplicate-name'
    severity = Severity.ERROR
    message = '{directive} {name} stands twice'
    help = 'keep one of the two, or choose another name'
    engines = ('nginx',)
    names = NAMED
    bad = (
        Example('nginx', 'http {\n    log_format combined "$request";\n}\n'),
        Example(
            'nginx', 'http {\n    log_format main "$request";\n    log_format main "$status";\n}\n'
        ),
        Example(
            'nginx',
            'http {\n'
            '    upstream glance {\n'
            '        server 127.0.0.1:60999;\n'
            '    }\n'
            '    upstream Glance {\n'
            '        server 127.0.0.1:60998;\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example('nginx', 'stream {\n    log_format combined "$remote_addr";\n}\n'),
        Example(
            'nginx', 'http {\n    log_format main "$request";\n    log_format short "$status";\n}\n'
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '"duplicate "log_format" name", "duplicate upstream", "limit_req_zone "x" is '
        'already bound to key".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        seen: dict[tuple[Statement | None, str, str], Statement] = {}
        for statement, scope in document.named(*NAMED):
            block = scope.section if scope else None
            name = _name(statement)
            if not name or (statement.key == 'upstream' and statement.body is None):
                continue
            told_apart = name.lower() if statement.key == 'upstream' else name  # as hosts are
            first = seen.setdefault((block, statement.key, told_apart), statement)
            if first is statement and (statement.key, name) == BUILT_IN and _is_http(block):
                yield self.report(document, statement.span, directive='log_format', name=name)
            elif first is not statement:
                place = document.source.place(first.span)
                yield self.report(
                    document, statement.span, directive=statement.key, name=shortened(name)
                ).with_related(Related(place, 'the first one'))


BUILT_IN = ('log_format', 'combined')  # http has one of that name


def _is_http(block: Statement | None) -> bool:
    return block is not None and block.key == 'http'


def _name(statement: Statement) -> str:
    prefix = PREFIXES[statement.key]
    words = [w.text for w in statement.arguments if w.text.startswith(prefix)]
    name = words[0][len(prefix) :] if words else ''
    return name.partition(':')[0] if prefix and statement.key.endswith('_zone') else name
