"""uWSGI: whatever stands in a block, it is read in bounded time and nothing is raised."""

from __future__ import annotations

import time

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source
from tests.calls import TIMES, evenly

SECONDS = 200  # of computing for ten million characters; a quiet machine needs five
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


def _whole_lines(text: str) -> str:
    """Return the text without the line that was cut off, which would be a fault of its own."""
    return text[: text.rfind('\n') + 1] if text.count('\n') > 1 else text


@pytest.mark.parametrize('kind', BIG)
def test_checking_grows_no_faster_than_the_text(kind: str) -> None:
    small, large = (Source(_whole_lines(BIG[kind][: size * 10_000]), 'f') for size in (1, TIMES))
    assert evenly(lambda: check(small, 'uwsgi'), lambda: check(large, 'uwsgi'))
