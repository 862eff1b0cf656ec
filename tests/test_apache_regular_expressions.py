"""Regular expressions: what we call broken, Apache cannot compile."""

from __future__ import annotations

import random

import pytest

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.rules.apache.regular_expressions import fault
from glance_docs_ext.source import Source
from tests.engines import require

RIGHT = (
    r'^/v2/images(?:/|$)', r'(?i)\.(?:jpe?g|png)$', r'[\w-]+[a-zA-Z0-9-_]', r'[]abc][^]abc]',
    r'[[:alpha:]_][[:^digit:]]', r'(a)\1', r'(?<year>\d{4})-\1', r'x{,5}y{', r'a++b*?c{2,}?',
    r'(?!a)b(?<!c)d', r'(?=a)*', r'[\.-z]', r'[--/]', r'\Qa(b\E', r'a|b|', r'(|a)', r'\10',
)  # fmt: skip
WRONG = (
    '(a', 'a)', '[a', '*a', 'a|+', '^*', r'\b+', 'a**', 'a{2}{3}', 'x{2,1}', 'x{65536}', '[z-a]',
    r'[\d-z]', '[[:foo:]]', '[:alpha:]', r'(a)\2', 'a\\', '(?:a)\\1', '()?{1}',
)  # fmt: skip
PIECES = (
    *('a', 'b', '-', '[', ']', '^', '$', '*', '+', '?', '{2}', '{3,1}', '{,2}', '(', ')', '(?:'),
    *('(?=', '(?<n>', '|', '.', r'\d', r'\b', r'\.', r'\1', r'\]', '[:alpha:]', '[[:digit:]]', '0'),
)


def section(pattern: str) -> str:
    escaped = pattern.replace('\\', '\\\\').replace('"', '\\"')
    return f'<LocationMatch "{escaped}">\n</LocationMatch>\n'


@pytest.mark.parametrize('pattern', RIGHT)
def test_a_pattern_that_is_right_has_no_fault(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize('pattern', WRONG)
def test_a_pattern_that_is_broken_is_said_to_be(pattern: str) -> None:
    assert fault(pattern)


def test_apache_says_the_same_of_these_and_of_patterns_by_chance() -> None:
    require('apache2')
    require('bwrap')
    chance = random.Random(20261122)
    made = {''.join(chance.choices(PIECES, k=chance.randint(2, 6))) for _ in range(60)}
    broken = [pattern for pattern in sorted(made) if fault(pattern)][:20]
    whole = [one for one in sorted(made) if not fault(one) and '(*' not in one]
    for pattern in (*WRONG, *broken):
        document = check(Source(section(pattern), 'x'), 'apache', 'server').document
        assert not native.verdict(document).accepts, pattern
    every = ''.join(map(section, (*RIGHT, *whole)))
    said = native.verdict(check(Source(every, 'x'), 'apache', 'server').document)
    assert said.accepts, said


@pytest.mark.parametrize('piece', ['(', '[', '[a-', '(?:', 'a{1', '\\', '[[:', '*'])
def test_a_long_pattern_takes_time_like_its_length(piece: str) -> None:
    fault(piece * 50_000)
