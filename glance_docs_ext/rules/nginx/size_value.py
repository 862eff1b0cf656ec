"""NGX203: a size that nginx cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx import values
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.unexpanded import unexpanded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SIZE, OFFSET, BUFFERS = 'ngx_conf_set_size_slot', 'ngx_conf_set_off_slot', 'ngx_conf_set_bufs_slot'
COMPLEX = frozenset(
    {'ngx_http_set_complex_value_size_slot', 'ngx_stream_set_complex_value_size_slot'}
)
KINDS = frozenset({SIZE, OFFSET, BUFFERS}) | COMPLEX


class SizeValue(StatementRule):
    """A size is a number of bytes with ``k`` or ``m`` behind it, and nothing else.

    nginx knows neither ``kb`` and ``mb`` nor fractions; ``g`` only where a size may exceed memory,
    as in ``client_max_body_size``. Buffers are a number of them and the size of each.
    """

    code = 'NGX203'
    name = 'size-value'
    severity = Severity.ERROR
    message = '{name} does not take {value!r} for a {noun}'
    help = '{remedy}'
    engines = ('nginx',)
    kinds = KINDS
    bad = (
        Example('nginx', 'server {\n    client_max_body_size 10mb;\n}\n'),
        Example('nginx', 'location / {\n    proxy_buffer_size 1g;\n}\n'),
        Example('nginx', 'location / {\n    proxy_buffers 0 8k;\n}\n'),
        Example('nginx', 'location / {\n    proxy_limit_rate $rate;\n}\n', version='1.22.1'),
    )
    good = (
        Example('nginx', 'server {\n    client_max_body_size 10m;\n}\n'),
        Example('nginx', 'location / {\n    proxy_buffers 8 8k;\n}\n'),
        Example('nginx', 'location / {\n    proxy_limit_rate $rate;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_parse.c, ``ngx_parse_size()`` and ``ngx_parse_offset()``.'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        entries = values.of_kind(statement, engine, KINDS)
        for index, word in enumerate(statement.arguments if entries else ()):
            if not _is_taken(entries, index, word.text):
                return self._faults(document, statement, entries)
        return ()

    def _faults(
        self, document: Document, statement: Statement, entries: tuple[Entry, ...]
    ) -> Iterator[Diagnostic]:
        for index, word in enumerate(statement.arguments):
            if _is_taken(entries, index, word.text):
                continue
            kinds = {entry.kind for entry in entries}
            units = 'k, m or g' if OFFSET in kinds else 'k or m'
            usual = f'write bytes, or a whole number with {units} behind it'
            yield self.report(
                document,
                word.span,
                name=statement.name.text,
                value=shortened(word.text),
                noun='number of buffers' if BUFFERS in kinds and index == 0 else 'size',
                remedy=unexpanded(word.text, usual),
            )


def _is_taken(entries: tuple[Entry, ...], index: int, text: str) -> bool:
    for entry in entries:  # noqa: SIM110  # any() takes twice the time, and this is asked often
        if _accepts(entry, index, text):
            return True
    return False


def _accepts(entry: Entry, index: int, text: str) -> bool:
    if entry.kind in COMPLEX and '$' in text:
        return True
    if entry.kind == OFFSET:
        return values.offset(text) is not None
    if entry.kind == BUFFERS:
        return bool(values.size(text) if index else values.number(text))
    return values.size(text) is not None
