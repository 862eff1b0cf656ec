"""Texts with one fault each: what a hand that slips makes of a right nginx configuration."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glance_docs_ext.syntax import Statement

VALUES = (
    'on', 'off', 'yes', '0', '-1', '1.5', '10', '10mb', '10m', '5min', '5m', '1g', '99999',
    'http://127.0.0.1:1', '127.0.0.1', '127.0.0.1:99999', 'unix:', '$host', '$nothing', '$',
    '""', '"a b"', '*.php', '~[', '^/a(b)$', '/x', '10.0.0.0/8', '10.0.0.0/99', 'always', 'any',
)  # fmt: skip
NAMES = (
    'listen', 'root', 'proxy_pass', 'worker_processes', 'server_name', 'gzip', 'allow', 'return',
    'upstream', 'location', 'keepalive', 'default', 'include', 'uwsgi_param', 'expires', 'hash',
)  # fmt: skip


class Mutant(NamedTuple):
    """A text and the kind of its fault."""

    kind: str
    text: str


def mutants(text: str, context: str, number: int, seed: int) -> Iterator[Mutant]:
    """Yield ``number`` mutants of ``text``, always the same ones for the same ``seed``."""
    choose = random.Random(seed)
    document = get_engine('nginx').parse(Source(text, 'mutant'), context)
    statements = [placed.statement for placed in document.placed]
    for _ in range(number):
        kind = choose.choice(sorted(KINDS))
        changed = KINDS[kind](text, choose.choice(statements), choose)
        if changed != text:
            yield Mutant(kind, changed)


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _misspelt(text: str, statement: Statement, choose: random.Random) -> str:
    span = statement.name.span
    place = choose.randrange(span.start, span.end)
    return _replaced(text, place, place + 1, choose.choice(('', 'x', text[place] * 2)))


def _renamed(text: str, statement: Statement, choose: random.Random) -> str:
    return _replaced(text, statement.name.span.start, statement.name.span.end, choose.choice(NAMES))


def _word_dropped(text: str, statement: Statement, choose: random.Random) -> str:
    if not statement.arguments:
        return text
    word = choose.choice(statement.arguments)
    return _replaced(text, word.span.start, word.span.end, '')


def _word_added(text: str, statement: Statement, choose: random.Random) -> str:
    return _replaced(text, statement.span.end, statement.span.end, f' {choose.choice(VALUES)}')


def _word_changed(text: str, statement: Statement, choose: random.Random) -> str:
    if not statement.arguments:
        return text
    word = choose.choice(statement.arguments)
    return _replaced(text, word.span.start, word.span.end, choose.choice(VALUES))


def _letter_changed(text: str, statement: Statement, choose: random.Random) -> str:
    if not statement.arguments:
        return text
    span = choose.choice(statement.arguments).span
    place = choose.randrange(span.start, span.end)
    return _replaced(text, place, place + 1, choose.choice(('', 'x', '0', '$', '/', ':', '.')))


def _stop_dropped(text: str, _statement: Statement, choose: random.Random) -> str:
    place = choose.choice([match.start() for match in re.finditer('[;{}]', text)])
    return _replaced(text, place, place + 1, '')


def _stop_added(text: str, statement: Statement, choose: random.Random) -> str:
    place = choose.choice((statement.name.span.start, statement.span.end))
    return _replaced(text, place, place, choose.choice((';', '{', '}', '"', "'")))


def _quote_dropped(text: str, _statement: Statement, choose: random.Random) -> str:
    places = [match.start() for match in re.finditer('["\']', text)]
    if not places:
        return text
    place = choose.choice(places)
    return _replaced(text, place, place + 1, '')


def _line_moved(text: str, _statement: Statement, choose: random.Random) -> str:
    lines = text.split('\n')
    line = lines.pop(choose.randrange(len(lines)))
    lines.insert(choose.randrange(len(lines) + 1), line)
    return '\n'.join(lines)


def _line_doubled(text: str, _statement: Statement, choose: random.Random) -> str:
    lines = text.split('\n')
    place = choose.randrange(len(lines))
    return '\n'.join([*lines[:place], lines[place], *lines[place:]])


def _line_dropped(text: str, _statement: Statement, choose: random.Random) -> str:
    lines = text.split('\n')
    lines.pop(choose.randrange(len(lines)))
    return '\n'.join(lines)


def _cut(text: str, _statement: Statement, choose: random.Random) -> str:
    return text[: choose.randrange(len(text))]


KINDS: dict[str, Callable[[str, Statement, random.Random], str]] = {
    'misspelt name': _misspelt,
    'other name': _renamed,
    'word dropped': _word_dropped,
    'word added': _word_added,
    'word changed': _word_changed,
    'letter changed': _letter_changed,
    'stop dropped': _stop_dropped,
    'stop added': _stop_added,
    'quote dropped': _quote_dropped,
    'line moved': _line_moved,
    'line doubled': _line_doubled,
    'line dropped': _line_dropped,
    'cut': _cut,
}
