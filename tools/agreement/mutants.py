"""Texts with one fault each: what a hand that slips makes of a right configuration.

A mutant need not be wrong: the engine decides. All choices come from the given source of chance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Statement

FLAGS = ('on', 'On', 'off', 'yes', 'true', 'treu', '0', '1', 'onn', 'default')
NUMBERS = (
    '0',
    '-1',
    '1',
    '65536',
    '99999999999',
    '1.5',
    '4k',
    '10m',
    '10mb',
    '5min',
    'four',
    '0x10',
)
ADDRESSES = (
    '127.0.0.1', '127.0.0.1:99999', '*:80', ':80', '[::1]:80', '::1:80', '127.0.0.1:abc',
    'unix:/run/x.sock', '/run/x.sock', 'http://127.0.0.1:1', 'uwsgi://127.0.0.1:1/', '10.0.0.0/99',
)  # fmt: skip
WORDS = (
    'all', 'none', 'granted', 'always', 'any', 'combined', 'a=b', '+x', '-Indexes', '/x', 'x.y',
    '*', '^/a(b)$', '~[', '(', '$host', '$nothing', '%{HTTP_HOST}', '""', '"a b"', '[R=301,L]', '#',
)  # fmt: skip


class _Text(NamedTuple):
    """A text, one of its statements, and the chance that decides."""

    engine: str
    text: str
    statement: Statement
    chance: random.Random

    def replaced(self, span: Span, new: str) -> str:
        return self.text[: span.start] + new + self.text[span.end :]

    @property
    def lines(self) -> list[str]:
        return self.text.split('\n')

    @property
    def number(self) -> int:
        """The 0-based line of the statement."""
        return self.text.count('\n', 0, self.statement.name.start)


def mutants(
    engine: str, text: str, context: str | None, chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of one mutant, or nothing where the choice changed nothing."""
    placed = get_engine(engine).parse(Source(text, 'mutant'), context).placed
    if not placed:
        return
    kind = chance.choice(sorted(KINDS))
    changed = KINDS[kind](_Text(engine, text, chance.choice(placed).statement, chance))
    if changed != text:
        yield kind, changed


def _misspelt_name(case: _Text) -> str:
    span = case.statement.name.span
    if span.end <= span.start:
        return case.text
    place = case.chance.randrange(span.start, span.end)
    new = case.chance.choice(('', 'x', case.text[place] * 2, case.text[place].swapcase()))
    return case.text[:place] + new + case.text[place + 1 :]


def _other_name(case: _Text) -> str:
    names = [
        entries[0].name.strip('<>')
        for entries in get_engine(case.engine).catalogue.entries.values()
        if not entries[0].package
    ]
    name = case.chance.choice(names)
    span = case.statement.name.span
    opener = '<' if case.text[span.start : span.start + 1] == '<' else ''
    return case.replaced(span, opener + name)


def _wrong_context(case: _Text) -> str:
    """Put the line somewhere else, or something around it."""
    lines, number = case.lines, case.number
    line = lines[number]
    if case.engine == 'uwsgi':
        return '\n'.join([*lines[:number], '[other]', line, '[uwsgi]', *lines[number + 1 :]])
    if case.engine == 'apache' and not line.strip().startswith('<'):
        outer = case.chance.choice(
            (
                'Directory /srv',
                'Location /a',
                'Files b',
                'VirtualHost *:81',
                'RequireAll',
                'If "true"',
            )
        )
        around = [f'<{outer}>', line, f'</{outer.split()[0]}>']
        return '\n'.join([*lines[:number], *around, *lines[number + 1 :]])
    del lines[number]
    lines.insert(case.chance.randrange(len(lines) + 1), line)
    return '\n'.join(lines)


def _argument_dropped(case: _Text) -> str:
    if not case.statement.arguments:
        return case.text
    return case.replaced(case.chance.choice(case.statement.arguments).span, '')


def _argument_added(case: _Text) -> str:
    extra = case.chance.choice((*FLAGS, *NUMBERS, *WORDS, '# why'))
    end = case.statement.span.end
    return f'{case.text[:end]} {extra}{case.text[end:]}'


def _value(values: tuple[str, ...]) -> Callable[[_Text], str]:
    def change(case: _Text) -> str:
        if not case.statement.arguments:
            return case.text
        span = case.chance.choice(case.statement.arguments).span
        return case.replaced(span, case.chance.choice(values))

    return change


def _letter_of_value(case: _Text) -> str:
    spans = [word.span for word in case.statement.arguments if word.end > word.start]
    if not spans:
        return case.text
    span = case.chance.choice(spans)
    place = case.chance.randrange(span.start, span.end)
    new = case.chance.choice(('', 'x', '0', '/', ':', '.', ' ', case.text[place] * 2))
    return case.text[:place] + new + case.text[place + 1 :]


def _section_unclosed(case: _Text) -> str:
    """Take an end of a section away, or a header in uWSGI's files."""
    ends = {'apache': r'(?m)^[ \t]*</[^\n]*\n?', 'nginx': r'\}', 'uwsgi': r'(?m)^\[[^\n]*\n?'}
    return _without(case, ends[case.engine])


def _section_mismatched(case: _Text) -> str:
    marks = {
        'apache': (r'</\w+', ('</Directory', '</VirtualHost', '</If', '<Files', '</')),
        'nginx': (r'[{}]', ('{', '}', '};', '{{', ';')),
        'uwsgi': (r'\[uwsgi\]', ('[uwsgi', 'uwsgi]', '[ uwsgi ]', '[UWSGI]', '[uwsgi] # x')),
    }  # fmt: skip
    pattern, others = marks[case.engine]
    found = list(re.finditer(pattern, case.text))
    if not found:
        return case.text
    match = case.chance.choice(found)
    return case.text[: match.start()] + case.chance.choice(others) + case.text[match.end() :]


def _quote_unbalanced(case: _Text) -> str:
    if '"' in case.text and case.chance.random() < 0.6:
        return _without(case, '"')
    words = case.statement.arguments
    place = case.chance.choice(words).span.start if words else case.statement.span.end
    return case.text[:place] + case.chance.choice('"\'') + case.text[place:]


def _sign_deleted(case: _Text) -> str:
    """Take a ``=`` away, or what ends a statement of nginx."""
    return _without(case, {'apache': '[=>]', 'nginx': '[;=]', 'uwsgi': '='}[case.engine])


def _without(case: _Text, pattern: str) -> str:
    found = list(re.finditer(pattern, case.text))
    if not found:
        return case.text
    match = case.chance.choice(found)
    return case.text[: match.start()] + case.text[match.end() :]


def _cut(case: _Text) -> str:
    if case.chance.random() < 0.3:
        return case.text[: case.chance.randrange(1, len(case.text) + 1)]
    lines, number = case.lines, case.number
    lines[number] = lines[number][: case.chance.randrange(len(lines[number]) + 1)]
    return '\n'.join(lines)


def _line_doubled(case: _Text) -> str:
    lines, number = case.lines, case.number
    return '\n'.join([*lines[: number + 1], *lines[number:]])


def _line_dropped(case: _Text) -> str:
    lines = case.lines
    del lines[case.number]
    return '\n'.join(lines)


def _lines_swapped(case: _Text) -> str:
    lines, number = case.lines, case.number
    other = case.chance.randrange(len(lines))
    lines[number], lines[other] = lines[other], lines[number]
    return '\n'.join(lines)


def _percent(case: _Text) -> str:
    line_end = case.text.find('\n', case.statement.span.end)
    places = (case.statement.span.end, line_end if line_end >= 0 else len(case.text))
    place = case.chance.choice(places)
    sign = case.chance.choice(('%', '%%', '%d', '%(x)', '%{x}', '\\', '${x}', '$x'))
    return case.text[:place] + sign + case.text[place:]


KINDS: dict[str, Callable[[_Text], str]] = {
    'misspelt name': _misspelt_name,
    'other name': _other_name,
    'wrong context': _wrong_context,
    'argument dropped': _argument_dropped,
    'argument added': _argument_added,
    'bad flag': _value(FLAGS),
    'bad number': _value(NUMBERS),
    'bad address': _value(ADDRESSES),
    'bad keyword': _value(WORDS),
    'letter of a value': _letter_of_value,
    'section unclosed': _section_unclosed,
    'section mismatched': _section_mismatched,
    'quote unbalanced': _quote_unbalanced,
    'sign deleted': _sign_deleted,
    'cut': _cut,
    'line doubled': _line_doubled,
    'line dropped': _line_dropped,
    'lines swapped': _lines_swapped,
    'percent': _percent,
}
