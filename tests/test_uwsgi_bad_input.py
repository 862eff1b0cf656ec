"""uWSGI: whatever stands in a block, it is read in bounded time and nothing is raised."""

from __future__ import annotations

import random
import time

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source, Span

SECONDS = 60  # of computing for ten million characters; a quiet machine needs ten
TEN_MILLION = 10_000_000
SOME = 400_000  # in shorter lines, which cost more

BIG = {
    'lines that are right': '[uwsgi]\n' + 'env = LANGUAGE=C.UTF-8\n' * (TEN_MILLION // 23),
    'names that are unknown': '[uwsgi]\n' + 'proceses = 4\n' * (SOME // 13),
    'one line': '[uwsgi]\nenv = ' + 'x' * TEN_MILLION,
    'one name': '[uwsgi]\n' + 'x' * TEN_MILLION,
    'blanks': '[uwsgi]\nenv = x' + ' ' * TEN_MILLION + 'y\n',
    'percent signs': '[uwsgi]\nenv = ' + '%' * SOME,
    'deleted pairs': '[uwsgi]\n' + 'env = %Y\n' * (SOME // 9),
    'line ends that are eaten': '[uwsgi]\nenv = ' + 'x%\n' * (SOME // 3),
    'open placeholders': '[uwsgi]\nenv = ' + '%(' * (TEN_MILLION // 2),
    'placeholders': '[uwsgi]\na = 1\nenv = ' + '%(a)' * (SOME // 4),
    'placeholders that grow': '[uwsgi]\na = x%(a)%(a)\n' + 'env = %(a)\n' * 1000,
    'sections': ''.join(f'[s{n}]\na = 1\n' for n in range(100_000)),
    'sections that include each other': '[uwsgi]\n'
    + ''.join(f'ini = :s{n}\n[s{n}]\n' for n in range(20_000)),
    'brackets': '[' * TEN_MILLION,
    'nested loops': '[uwsgi]\n' + 'for = a\n' * (SOME // 8),
    'branches': '[uwsgi]\n' + 'if-env = A\nx\nendif =\n' * (SOME // 21),
    'continued lines': '[uwsgi]\nenv = A\n' + '  b\n' * (SOME // 4),
    'NUL characters': '[uwsgi]\n' + 'a\x00b\n' * (SOME // 4),
    'commas': '[uwsgi]\nplugins = ' + 'a,' * (SOME // 2),
    'sockets': '[uwsgi]\n' + 'http = :1\nstats = :1\n' * (SOME // 21),
}


@pytest.mark.parametrize('kind', BIG)
def test_a_huge_block_is_read_in_bounded_time(kind: str) -> None:
    begin = time.process_time()
    document = get_engine('uwsgi').parse(Source(BIG[kind], 'f'), None)
    assert time.process_time() - begin < SECONDS
    assert document.source.text == BIG[kind]


@pytest.mark.parametrize('kind', BIG)
def test_checking_grows_no_faster_than_the_text(kind: str) -> None:
    text = BIG[kind][:25_000]
    once, four_times = _cost(text), _cost(BIG[kind][:100_000])
    assert four_times < 12 * max(once, 0.05)


def _cost(text: str) -> float:
    begin = time.process_time()
    check(Source(text, 'f'), 'uwsgi')
    return time.process_time() - begin


PIECES = [
    *('[uwsgi]', '[', ']', '\n', '\r\n', '\r', '=', ' ', '\t', '\x00', '%', '%%', '%(', ')', '\\'),
    *(
        '#',
        ';',
        '"',
        "'",
        ':',
        '\ufeff',
        '\u2028',
        '\x85',
        '\x0b',
        '\ud800',
        '\udca9',
        '\U0001f600',
    ),
    *('processes', 'socket', 'ini', ':other', 'if-env', 'endif', 'for', 'strict', 'set-ph', 'é'),
    *('http-raw-body', 'chmod-socket', 'plugins', 'python', 'listen', '-1', '99999999999999999999'),
    *('unix:/x', 'declare-option', 'a=b=c', '%(a * 99999999999)', '%(a / 0)', '²', '٣', 'x' * 300),
]


def test_no_text_makes_the_check_raise_or_point_outside_of_it() -> None:
    dice = random.Random(20261122)
    for _ in range(500):
        text = ''.join(dice.choice(PIECES) for _ in range(dice.randrange(40)))
        context = dice.choice([None, 'file', 'section'])
        document = check(Source(text, 'f'), 'uwsgi', context).document
        spans = [problem.span for problem in document.problems]
        spans += [comment.span for comment in document.comments]
        for statement in document.statements:
            spans += [statement.span, statement.name.span, statement.rest.span]
        assert all(inside(span, text) for span in spans), text


def inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)
