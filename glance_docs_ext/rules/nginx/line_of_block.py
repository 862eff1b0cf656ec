"""NGX219: a line of data that its block cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.nginx.data_lines import LINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class LineOfBlock(Rule):
    """The lines of ``map``, ``geo``, ``split_clients`` and ``charset_map`` are pairs.

    The first word is compared, the second one is the value.
    A value with a blank in it wants quotes.
    """

    code = 'NGX219'
    name = 'line-of-block'
    severity = Severity.ERROR
    message = '{block}: {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = (
        *('map', 'line of map', 'line of geo', 'line of split_clients', 'line of charset_map'),
    )
    bad = (
        Example('nginx', 'geo $net {\n    10.0.0.0-10.0.0.9 a;\n}\n'),
        Example('nginx', 'geo $net {\n    ranges;\n    10.0.0.0/8 a;\n}\n'),
        Example('nginx', 'map $uri $new {\n    /a /b /c;\n}\n'),
        Example('nginx', 'map $uri $new {\n    default /a;\n    default /b;\n}\n'),
        Example('nginx', 'geo $inside {\n    10.0.0.0/33 1;\n}\n'),
        Example('nginx', 'split_clients $remote_addr $variant {\n    50 .one;\n    * .two;\n}\n'),
        Example('nginx', 'charset_map koi8-r utf-8 {\n    C1 B0;\n}\n'),
        Example('nginx', 'charset_map koi8-r windows-1251 {\n    C1 D0B0;\n}\n'),
    )
    good = (
        Example('nginx', 'geo $net {\n    ranges;\n    default b;\n    10.0.0.0-10.0.0.9 a;\n}\n'),
        Example('nginx', 'map $uri $new {\n    default /a;\n    /b /c;\n}\n'),
        Example('nginx', 'map $host $new {\n    default a;\n    Default b;\n}\n'),
        Example('nginx', 'geo $inside {\n    default 0;\n    10.0.0.0/8 1;\n}\n'),
        Example('nginx', 'split_clients $remote_addr $variant {\n    50% .one;\n    * .two;\n}\n'),
        Example('nginx', 'charset_map koi8-r utf-8 {\n    C1 D0B0;\n    0C1 D0B0D0;\n}\n'),
        Example('nginx', 'charset_map koi8-r windows-1251 {\n    C1 E0;\n    8 008;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_map()``, ``ngx_http_geo()``, ``ngx_http_split_clients()`` in src/http/modules.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for name, check in LINES.items():
            for statement, scope in document.named(f'line of {name}'):
                found = check(statement, scope.section if scope else None)
                if found:
                    complaint, remedy = found
                    yield self.report(
                        document, statement.span, block=name, complaint=complaint, remedy=remedy
                    )
        for statement, _scope in document.named('map'):
            yield from self._repetitions(document, statement)

    def _repetitions(self, document: Document, block: Statement) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        for line in block.body or ():
            name = line.name.text
            if len(line.arguments) != 1 or name == 'include' or name.startswith('~'):
                continue
            key = name if name == 'default' else f'={name.lower()}'  # "Default" is a value
            if key in seen:
                yield self.report(
                    document,
                    line.span,
                    block='map',
                    complaint=f'{shortened(name.lower())!r} stands twice in it',
                    remedy='keep one of the two: case does not count',
                )
            seen.add(key)
