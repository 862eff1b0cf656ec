"""Regular expressions: what we call broken, no engine compiles; what we count, PCRE counts."""

from __future__ import annotations

import random

import pytest

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.pcre import captures, fault, read
from glance_docs_ext.source import Source
from tests.engines import require

RIGHT = (
    r'^/v2/images(?:/|$)', r'(?i)\.(?:jpe?g|png)$', r'[\w-]+[a-zA-Z0-9-_]', r'[]abc][^]abc]',
    r'[[:alpha:]_][[:^digit:]]', r'(a)\1', r'(?<year>\d{4})-\1', r'x{,5}y{', r'a++b*?c{2,}?',
    r'(?!a)b(?<!c)d', r'(?=a)*', r'[\.-z]', r'[--/]', r'\Qa(b\E', r'a|b|', r'(|a)', r'\10',
    r'[\x20-/]', r'[\000-z-a]', '[ü-é]', r'(?#a(b c*)', r'(?+1)(a)', r'\x{41}', r'a(?#c)*',
    r'(?P<n>a)(?P=n)', r'(?i:a)(?-i)b', r'\p{L}\pL[\p{L}]', '(?J)(?<n>a)(?<n>b)', '(?<n>a)(?<N>b)',
    '(?<=(?!a+)b)c+', r'(?<=[+*]\+|ab)c', '(?|(?<n>a)|(?<n>b))',
    r'(?P<n>a)(?P=n)', r'(?i:a)(?-i)b', r'\p{L}\pL[\p{L}]',
    r'(?<=a|bc)d', r'(?<=(?=a*)b)c', r'(?<=\d{3})x', '(?<!^)a+', r'(?<=(a)\1)b', '(*ANYCRLF)a$',
    r'(?<n>a)\k<n>\g{n}(?&n)', '(?1)(a)', '(a)(?-1)', r'\Q(\E', r'a\E*', r'\x{0041}\o{17}\cA',
    'a(*FAIL)b', '(?R)?a',
    r'(?<!a{2})b', r'\g{n}(?<n>a)', '(?P>x)(?<x>a)',
)  # fmt: skip
WRONG = (
    '(a', 'a)', '[a', '*a', 'a|+', '^*', r'\b+', 'a**', 'a{2}{3}', 'x{2,1}', 'x{65536}', '[z-a]',
    '[[:foo:]]', '[:alpha:]', r'(a)\2', 'a\\', '(?:a)\\1', '()?{1}', r'a**\Qb', '[.a.]',
    '(?<a-b>c)', '(?<1>a)', '(?P<>a)', '(?<=a+)b', '(?<!(a|b{2,})c)d',
    '(?jpg|png)', '(?#a', '[[=a=]]', '[[:a.b:]]', '[é-z]', 'x{99999999999999999999}', '(?i)*',
    '(?<=a*)b', r'(?<!\w+)x', '(?<=a{2,})b', '(?<=(?<=a+)b)c', '(?<1n>a)', '(?<>a)', '(?<n-x>a)',
    '(?<n', '(?P<é>a)', '(?P=n)', r'\k<n>', '(?&n)', r'\g{n}', r'\g', '(?1)', '(?-1)', '(?+1)a',
    '(?i', '(?', '(?~a)', '(*.jpg)',
    'a(*CRLF)', r'\p', r'\pQ', r'\x{100}', r'\o', r'\c', r'\400', r'\Q(\E)', r'\Q\E*',
)  # fmt: skip
WRONG_FOR_PCRE2 = (r'[\d-z]', r'[a-\d]', r'\y', r'[\R]', r'[\l]', r'a\8')
PIECES = (
    *('a', 'b', '-', '[', ']', '^', '$', '*', '+', '?', '{2}', '{3,1}', '{,2}', '(', ')', '(?:'),
    *('(?=', '(?<n>', '|', '.', r'\d', r'\b', r'\.', r'\1', r'\]', '[:alpha:]', '[[:digit:]]', '0'),
)
BLOCKS = {'apache': '<LocationMatch "{}">\n</LocationMatch>\n', 'nginx': 'rewrite "{}" /;\n'}


def block(engine: str, pattern: str) -> str:
    return BLOCKS[engine].format(pattern.replace('\\', '\\\\').replace('"', '\\"'))


@pytest.mark.parametrize('pattern', RIGHT)
def test_a_pattern_that_is_right_has_no_fault(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize('pattern', WRONG)
def test_a_pattern_that_is_broken_is_said_to_be(pattern: str) -> None:
    assert fault(pattern)
    assert not read(pattern).only_pcre2


@pytest.mark.parametrize('pattern', WRONG_FOR_PCRE2)
def test_a_pattern_that_only_the_second_pcre_refuses_is_said_to_be_so(pattern: str) -> None:
    assert fault(pattern)
    assert read(pattern).only_pcre2


def test_a_name_of_two_groups_is_told_and_no_fault_for_all_engines() -> None:
    assert read('(?<n>a)(?P<n>b)').twice == 'n'
    assert read('(?<n>a)(?P<n>b)').fault is None
    assert not read('(?J)(?<n>a)(?<n>b)').twice


@pytest.mark.parametrize('engine', BLOCKS)
def test_the_engine_says_the_same_of_these_and_of_patterns_by_chance(engine: str) -> None:
    require({'apache': 'apache2'}.get(engine, engine))
    require('bwrap')
    chance = random.Random(20261122)
    made = {''.join(chance.choices(PIECES, k=chance.randint(2, 6))) for _ in range(60)}
    broken = [pattern for pattern in sorted(made) if fault(pattern)][:20]
    whole = [one for one in sorted(made) if not fault(one) and '(*' not in one]
    for pattern in (*WRONG, *WRONG_FOR_PCRE2, *broken):
        document = check(Source(block(engine, pattern), 'x'), engine, 'server').document
        assert not native.verdict(document).accepts, pattern
    every = ''.join(block(engine, pattern) for pattern in (*RIGHT, *whole))
    said = native.verdict(check(Source(every, 'x'), engine, 'server').document)
    assert said.accepts, said


@pytest.mark.parametrize(
    ('pattern', 'count'),
    [
        ('', 0),
        ('^/(a)(?:b)(?=c)(?<!d)', 1),
        (r'(?<n>a)(?P<m>(b))(?' + "'o'c)", 4),
        (r'[(](\()\)(?#()', 1),
        ('(?|(a)|(b))', None),
        ('(a', None),
    ],
)
def test_groups_that_capture_are_counted(pattern: str, count: int | None) -> None:
    assert captures(pattern) == count


@pytest.mark.parametrize('piece', ['(', '[', '[a-', '(?:', 'a{1', '\\', '[[:', '*', '[[=', '(?#'])
def test_a_long_pattern_takes_time_like_its_length(piece: str) -> None:
    read(piece * 50_000)
    read('[' + piece * 50_000)
    read(piece * 50_000 + ')')
