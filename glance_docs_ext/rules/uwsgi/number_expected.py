"""UWS201: a value that is not a whole number where one is wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import (
    COMMENT,
    FALSE,
    INTEGERS,
    is_known,
    kind,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NUMBER = re.compile(r'[+-]?[0-9]+')
WITH_UNIT = re.compile(r'([0-9]+)\s*([a-zA-Z]+)')
UNITS = {'k': 2**10, 'kb': 2**10, 'm': 2**20, 'mb': 2**20, 'g': 2**30, 'gb': 2**30}
SECONDS = {'s': 1, 'sec': 1, 'm': 60, 'min': 60, 'h': 3600, 'd': 86400}
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
    )
    good = (Example('uwsgi', '[uwsgi]\nprocesses = %k\nbuffer-size = 65535\nharakiri = 30\n'),)
    exceptions = 'None: the rest of the value is dropped in every version.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_int() (atoi) and its kin. Measured with uWSGI '
        '2.0.21: "processes = auto" gives "Operational MODE: no-workers", exit status 0.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        text = word.text
        if (
            NUMBER.fullmatch(text)
            or not is_known(word)
            or text[:1] in QUOTES
            or COMMENT.search(text)
        ):
            return
        wide = kind(statement, engine) in WIDE
        read = read_integer(text, 64 if wide else 32)
        if read < 0:
            return  # refused, and UWS202 says so
        yield self.report(
            document,
            word.span if text else statement.span,
            name=statement.key,
            value=shortened(text),
            read=read,
            remedy=_remedy(statement, text),
        )


def _remedy(statement: Statement, text: str) -> str:
    """Say what the author may have meant."""
    name = statement.key
    if name in WORKERS:
        return 'write a number, or %k for the number of processors'
    if text.lower() in TRUE:
        return 'write 1 to switch it on'
    if text.lower() in FALSE:
        return 'write 0 to switch it off'
    match = WITH_UNIT.fullmatch(text)
    return _without_unit(name, int(match[1][:18]), match[2].lower()) if match else WHOLE


def _without_unit(name: str, number: int, unit: str) -> str:
    if unit in SECONDS and 'size' not in name and 'limit' not in name:
        return f'write {number * SECONDS[unit]}: the unit is left away'
    most = 65535 if name == 'buffer-size' else 2**64
    return f'write {min(number * UNITS.get(unit, 1), most)}: the unit is left away'
