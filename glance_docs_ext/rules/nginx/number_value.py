"""NGX205: a number that nginx cannot read, or that is out of bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx import values
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.unexpanded import unexpanded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

KINDS = frozenset({'ngx_conf_set_num_slot'})


class NumberValue(StatementRule):
    """A number is digits and nothing else: no sign, no unit, no fraction."""

    code = 'NGX205'
    name = 'number-value'
    severity = Severity.ERROR
    message = '{name} takes {expected}, found {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    kinds = KINDS
    bad = (
        Example('nginx', 'server {\n    keepalive_requests 1k;\n}\n'),
        Example('nginx', 'server {\n    gzip_comp_level 10;\n}\n'),
    )
    good = (Example('nginx', 'server {\n    gzip_comp_level 9;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'src/core/ngx_conf_file.c, ``ngx_conf_set_num_slot()``, ``ngx_conf_check_num_bounds()``; '
        'the bounds are those in the tables of the modules.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        entries = values.of_kind(statement, engine, KINDS)
        if not entries:
            return ()
        word = statement.arguments[0]
        number = values.number(word.text)
        if number is not None and any(_fits(entry, number) for entry in entries):
            return ()
        expected = _expected(entries)
        found = self.report(
            document,
            word.span,
            name=statement.name.text,
            value=shortened(word.text),
            expected=expected,
            remedy=unexpanded(word.text, f'write {expected}, in digits only'),
        )
        return [found]


def _bound(entry: Entry, which: str) -> int | None:
    for flag in entry.flags:
        if flag.startswith(f'{which} '):
            return int(flag.split()[1])
    return None


def _fits(entry: Entry, number: int) -> bool:
    low, high = _bound(entry, 'minimum'), _bound(entry, 'maximum')
    return (low is None or number >= low) and (high is None or number <= high)


def _expected(entries: Iterable[Entry]) -> str:
    for entry in entries:
        low, high = _bound(entry, 'minimum'), _bound(entry, 'maximum')
        if low is not None:
            return f'a number from {low} to {high}' if high else f'a number from {low} on'
    return 'a number'
