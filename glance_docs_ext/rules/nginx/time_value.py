"""NGX204: a time that nginx cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx import values
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.unexpanded import unexpanded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

READERS = {
    'ngx_conf_set_msec_slot': values.is_milliseconds,
    'ngx_conf_set_sec_slot': values.is_seconds,
}
KINDS = frozenset(READERS)


UNITS = 'write whole numbers with the units ms, s, m, h, d or w, the larger one first'


class TimeValue(StatementRule):
    """A time is written as ``300``, ``300s``, ``5m`` or ``1h 30m``, the larger unit first.

    ``min``, ``sec`` and fractions are refused. ``M`` is a month, and ``m`` a minute.
    """

    code = 'NGX204'
    name = 'time-value'
    severity = Severity.ERROR
    message = '{name} does not take {value!r} for a time'
    help = '{remedy}'
    engines = ('nginx',)
    kinds = KINDS
    bad = (
        Example('nginx', 'location / {\n    proxy_read_timeout 5min;\n}\n'),
        Example('nginx', 'location / {\n    proxy_read_timeout 1.5s;\n}\n'),
    )
    good = (Example('nginx', 'location / {\n    proxy_read_timeout 5m;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_parse.c, ``ngx_parse_time()``.'

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        entries = values.of_kind(statement, engine, KINDS)
        if not entries:
            return ()
        word = statement.arguments[0]
        for entry in entries:
            if READERS[entry.kind](word.text):
                return ()
        found = self.report(
            document,
            word.span,
            name=statement.name.text,
            value=shortened(word.text),
            remedy=unexpanded(word.text, UNITS),
        )
        return [found]
