"""UWS201: a value that is not a whole number where one is wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.common.template import SHOW, has_mark
from glance_docs_ext.rules.uwsgi.values import (
    COMMENT,
    FALSE,
    INTEGERS,
    for_shell,
    is_known,
    kind,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NUMBER = re.compile(r'[+-]?[0-9]+')
WITH_UNIT = re.compile(r'([0-9]+)\s*([a-zA-Z]+)')
BYTES = {'k': 2**10, 'kb': 2**10, 'm': 2**20, 'mb': 2**20, 'g': 2**30, 'gb': 2**30}
MILLISECONDS = {
    'ms': 1,
    's': 1000,
    'sec': 1000,
    'm': 60_000,
    'min': 60_000,
    'h': 3_600_000,
    'd': 86_400_000,
}
OF_SIZES = re.compile('size|buf|limit|big')
OF_TIMES = re.compile('time|harakiri|freq|mercy|tolerance|interval|delay|idle|heartbeat|keepalive')
WIDE = frozenset({'uwsgi_opt_set_64bit', 'uwsgi_opt_set_16bit', 'uwsgi_opt_set_megabytes'})
QUOTES = ('"', "'")
WORKERS = frozenset({'processes', 'workers'})
WHOLE = 'write a whole number'
TRUE = frozenset({'true', 'yes', 'on', 'enable', 'enabled'})


class NumberExpected(StatementRule):
    """uWSGI reads the digits that a value begins with and drops the rest.

    ``64k`` is 64, ``30s`` is 30; without digits it reads 0, and ``processes = auto`` starts no
    worker at all.
    """

    engines = ('uwsgi',)
    kinds = INTEGERS
    code = 'UWS201'
    name = 'number-expected'
    severity = Severity.WARNING
    message = '{name!r} wants a whole number: uWSGI reads {value!r} as {read}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = auto\n'),
        Example('uwsgi', '[uwsgi]\nbuffer-size = 64k\n'),
        Example('uwsgi', '[uwsgi]\nharakiri = 30s\n'),
        Example('uwsgi', '[uwsgi]\nhttp-keepalive = true\n'),
        Example('uwsgi', '[uwsgi]\nthreads = ${THREADS:-2}\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nprocesses = %k\nbuffer-size = 65535\nharakiri = 30\n'),
        Example('uwsgi', '[uwsgi]\nthreads = $(THREADS)\n'),
    )
    exceptions = 'The block is a template that is filled in before uWSGI reads it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_int() (atoi) and its kin. Measured with uWSGI '
        '2.0.21: "processes = auto" gives "Operational MODE: no-workers", exit status 0.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        word = value(statement)
        text = word.text
        if (
            (text.isdecimal() and text.isascii())
            or NUMBER.fullmatch(text)
            or not is_known(word)
            or text[:1] in QUOTES
            or COMMENT.search(text)
            or '<%' in document.source.text[word.start : word.end]  # UWS106 says so
        ):
            return ()
        wide = kind(statement, engine) in WIDE
        read = read_integer(text, 64 if wide else 32)
        if read < 0:
            return ()  # refused, and UWS202 says so
        return [
            self.report(
                document,
                word.span if text else statement.span,
                name=statement.key,
                value=shortened(text),
                read=read,
                remedy=_remedy(engine.catalogue[statement.key][0], text),
            )
        ]


def _remedy(entry: Entry, text: str) -> str:
    """Say what the author may have meant."""
    if remedy := for_shell(text):
        return remedy
    if has_mark(text):
        return SHOW
    if entry.name in WORKERS:
        return 'write a number, or %k for the number of processors'
    if text.lower() in TRUE:
        return 'write 1 to switch it on'
    if text.lower() in FALSE:
        return 'write 0 to switch it off'
    match = WITH_UNIT.fullmatch(text)
    amount = _amount(entry, int(match[1][:18]), match[2].lower()) if match else None
    return WHOLE if amount is None else f'write {amount}: the unit is left away'


def _amount(entry: Entry, number: int, unit: str) -> int | None:
    """Return how much a number with a unit is of what an option counts in, rounded up."""
    name = entry.name
    if 'megabytes' in entry.kind or 'megabytes' in entry.help:
        counted, units = 2**20, BYTES
    elif 'Kbytes' in entry.help:
        counted, units = 2**10, BYTES
    elif OF_SIZES.search(name) or name == 'post-buffering':
        counted, units = 1, BYTES
    elif 'milliseconds' in entry.help:
        counted, units = 1, MILLISECONDS
    elif OF_TIMES.search(name):
        counted, units = 1000, MILLISECONDS
    else:
        return None
    if unit not in units:
        return None
    amount = -(-number * units[unit] // counted)
    return min(amount, 65535 if name == 'buffer-size' else 2**63)
