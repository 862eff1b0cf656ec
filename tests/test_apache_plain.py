"""What is read at a glance is read as any line is."""

from __future__ import annotations

import re
import time
from itertools import product
from pathlib import Path

import pytest

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.engines.apache import lines, plain
from glance_docs_ext.rule import Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Source

SAMPLES = sorted((Path(__file__).parent / 'configs' / 'apache').glob('*/*'))
EXAMPLES = [
    example
    for rule in all_rules()
    if isinstance(rule, Rule)
    for example in (*rule.bad, *rule.good)
    if example.engine == 'apache'
]
TEXTS = [
    *(path.read_bytes().decode('utf-8', 'replace') for path in SAMPLES),
    *(example.text for example in EXAMPLES),
    '<Directory /a >\n</Directory>\n<Else>\n</Else>\n<Location ~ "^/v2">\n</Location >\n',
    '<IfVersion >= 2.4>\n</IfVersion>\n<IfVersion < 2 >\n</IfVersion>\n<Proxy > "x">\n</Proxy>\n',
    '<If > a>\n</If>\n<IfVersion >=2.4>\n</IfVersion>\n<A >= >\n</A>\n<A < <b>\n</A>\n',
    'Define root /srv\nDocumentRoot ${root}/www\n<Directory ${root}>\n</Directory>\n',
    'Alias /a  /b\t/c\n<Location /v2 \f>\n</Location>\n<IfDefine\tx y >\n</IfDefine>\v\n',
    'Alias "/a b" \'/c\\\'d\' e\\\\f\nName\t\v\f one \t two\u00a0three\n_x y\nA9 "" \'\n',
]
PIECES = (
    ' ',
    '\t',
    '\\\n',
    '\\\r\n',
    '\n',
    'a',
    '"b c"',
    '"',
    "'d'",
    '\\',
    '#',
    '${e}',
    '\u00a0',
    '\r',
)
"""What lines that go on are made of."""


def read(text: str) -> str:
    """Return all that was read, as one can compare it."""
    document = ENGINES['apache'].parse(Source(text, 'x'), None)
    statements = [tuple(placed.statement[:6]) for placed in document.placed]
    return repr((statements, document.comments, document.problems, document.stops))


def test_what_is_read_at_a_glance_is_read_as_any_line_is(monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_glance = [read(text) for text in TEXTS]
    nothing_else = '((?!))|' * (plain.OTHER - 1)
    monkeypatch.setattr(plain, 'LINE', re.compile(rf'\s*+(?:{nothing_else}([^\n]*\S))', re.ASCII))
    monkeypatch.setattr(lines, 'CONTINUED', re.compile('(?!)'))
    for text, quick in zip(TEXTS, at_a_glance, strict=True):
        assert quick == read(text), text


@pytest.mark.parametrize('first', PIECES)
def test_a_directive_of_several_lines_is_read_at_a_glance_as_it_is_word_by_word(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f'Name{"".join((first, *rest))}\nNext b\n' for rest in product(PIECES, repeat=3)]
    at_a_glance = [read(text) for text in texts]
    monkeypatch.setattr(lines, 'CONTINUED', re.compile('(?!)'))
    for text, quick in zip(texts, at_a_glance, strict=True):
        assert quick == read(text), text


def test_a_directive_that_goes_on_between_its_words_is_read_at_a_glance() -> None:
    assert lines.CONTINUED.match('  A b \\\n    "c d"\\\r\n e=f \\\n\n')
    assert not lines.CONTINUED.match('A b\\\nc\n')


@pytest.mark.parametrize('blanks', ['\n' * 200_000, ' ' * 200_000, '\r\n' * 100_000])
def test_blanks_at_the_end_of_a_text_cost_no_more_than_any(blanks: str) -> None:
    start = time.process_time()
    read(f'ServerName a\n{blanks}')
    read(f'ServerName a \\\n b\n{blanks}')
    assert time.process_time() - start < 2
