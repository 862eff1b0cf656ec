"""NGX219: a line of data that its block cannot read."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx import geo, hostnames
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.nginx.shares import hundredths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        Example('nginx', 'map $uri $new {\n    /a /b /c;\n}\n'),
        Example('nginx', 'map $uri $new {\n    default /a;\n    default /b;\n}\n'),
        Example('nginx', 'geo $inside {\n    10.0.0.0/33 1;\n}\n'),
        Example('nginx', 'geo $inside {\n    10.0.0.1-10.0.0.9 1;\n}\n'),
        Example('nginx', 'geo $inside {\n    default 0;\n    ranges;\n}\n'),
        Example('nginx', 'split_clients $remote_addr $variant {\n    50 .one;\n    * .two;\n}\n'),
        Example('nginx', 'charset_map koi8-r utf-8 {\n    C1 B0;\n}\n'),
        Example('nginx', 'charset_map koi8-r windows-1251 {\n    C1 D0B0;\n}\n'),
    )
    good = (
        Example('nginx', 'map $uri $new {\n    default /a;\n    /b /c;\n}\n'),
        Example('nginx', 'map $host $new {\n    default a;\n    Default b;\n}\n'),
        Example('nginx', 'geo $inside {\n    default 0;\n    10.0.0.0/8 1;\n}\n'),
        Example('nginx', 'geo $inside {\n    ranges;\n    10.0.0.1-10.0.0.9 1;\n}\n'),
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
        for line, complaint, remedy in _geo(document, engine):
            yield self.report(document, line.span, block='geo', complaint=complaint, remedy=remedy)
        for statement, _scope in document.named('map'):
            yield from self._repetitions(document, statement)

    def _repetitions(self, document: Document, block: Statement) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        has_hosts = False
        for line in block.body or ():
            name = line.name.text
            has_hosts |= name == 'hostnames' and not line.arguments
            if len(line.arguments) != 1 or name == 'include' or name.startswith('~'):
                continue
            # "Default" is a value, and so is "*.a" where no hosts are compared.
            plain = {name} if name == 'default' else {f'={name.lower()}'}
            keys = hostnames.claims(name) if has_hosts and name != 'default' else plain
            if not seen.isdisjoint(keys):
                yield self.report(
                    document,
                    line.span,
                    block='map',
                    complaint=f'{shortened(name.lower())!r} stands twice in it',
                    remedy='keep one of the two: case does not count',
                )
            seen |= keys


BYTE = re.compile('0*[0-9A-Fa-f]{1,2}')
# What nginx decodes of UTF-8: a character of two or three bytes; more may follow.
UTF8 = re.compile(
    '(?:c[2-9a-f]|d[0-9a-f])[89ab][0-9a-f]'
    '|(?:e0[ab][0-9a-f]|e[1-9a-f][89ab][0-9a-f])[89ab][0-9a-f]',
    re.IGNORECASE,
)
PAIRS = re.compile('(?:[0-9A-Fa-f]{2})+')


def _map(line: Statement, _block: Statement | None) -> tuple[str, str] | None:
    count = len(line.arguments)
    if count == 1 or (count == 0 and line.name.text in {'hostnames', 'volatile'}):
        return None
    return f'a line of {count + 1} words', geo.PAIR


def _geo(document: Document, engine: Engine) -> Iterator[tuple[Statement, str, str]]:
    """Yield the faults in ``geo`` blocks, and in lines of one that is not shown."""
    alone = [line for line, scope in document.named('line of geo') if scope is None]
    found = [geo.faults(alone, engine, seen=False)]
    blocks = [block.body or () for block, _scope in document.named('geo')]
    found += [geo.faults(lines, engine, seen=True) for lines in blocks]
    for line, (complaint, remedy) in chain.from_iterable(found):
        yield line, complaint, remedy


def _split_clients(line: Statement, _block: Statement | None) -> tuple[str, str] | None:
    if hundredths(line.name.text) is not None:
        return None
    return f'{shortened(line.name.text)!r} is no share', 'write 10%, 0.5% or *'


def _charset_map(line: Statement, block: Statement | None) -> tuple[str, str] | None:
    words = [line.name.text, *(word.text for word in line.arguments)]
    if len(words) != 2:
        return f'a line of {len(words)} words', geo.PAIR
    into = block.arguments[-1].text.lower() if block and block.arguments else ''
    for word in words if into != 'utf-8' else words[:1]:
        if not BYTE.fullmatch(word):
            return f'{shortened(word)!r} is no byte', 'write two hexadecimal digits'
    if into == 'utf-8' and not (PAIRS.fullmatch(words[1]) and UTF8.match(words[1])):
        remedy = 'write the two or three bytes of its character, such as C2A0'
        return f'{shortened(words[1])!r} is not UTF-8', remedy
    return None


LINES: dict[str, Callable[[Statement, Statement | None], tuple[str, str] | None]] = {
    'map': _map,
    'split_clients': _split_clients,
    'charset_map': _charset_map,
}
