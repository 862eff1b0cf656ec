"""What is remembered of a text is bounded by its size, not only by how many words it has."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.remembered import LONGEST, remembered
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 500_000
WORDS = 4
PLACES = {
    'name': ('apache', 'a{word}\n'),
    'flag': ('apache', 'KeepAlive On\na{word}\n'),
    'condition': ('apache', '<If "%{{HTTP_HOST}} == \'{word}\'">\n</If>\n'),
    'text with variables': ('apache', 'Header set A "expr={word}%{{A}}"\n'),
    'regular expression': ('apache', 'RewriteRule {word} /\n'),
    'expression of SetEnvIf': ('apache', 'SetEnvIf A "{word}" c\n'),
    'name of a block': ('nginx', 'a{word} {{\nb c;\n}}\n'),
    'name in a block': ('nginx', 'if ($a) {{\na{word} b;\n}}\n'),
    'location': ('nginx', 'location {word} {{\n}}\n'),
    'pattern of a location': ('nginx', 'location ~ {word} {{\n}}\n'),
    'value with variables': ('nginx', 'http {{ server {{ set $a "{word}$b$"; }} }}\n'),
    'address that listens': ('nginx', 'listen {word}:80;\n'),
    'address that is called': ('nginx', 'location / {{ proxy_pass http://{word}:80; }}\n'),
    'option': ('uwsgi', '[uwsgi]\na{word} = b\n'),
    'address of a socket': ('uwsgi', '[uwsgi]\nhttp = {word}:80\n'),
    'pattern of a route': ('uwsgi', '[uwsgi]\nroute = {word} last:\n'),
}


@pytest.mark.parametrize('place', PLACES)
def test_long_words_are_not_kept(place: str) -> None:
    engine, line = PLACES[place]

    def read(length: int) -> None:
        lines = (line.format(word=f'{number}' + 'x' * length) for number in range(WORDS))
        check(Source(''.join(lines), 'f'), engine)

    read(1)  # what is read once, as catalogues are
    gc.collect()
    tracemalloc.start()
    try:
        read(LONG)
        gc.collect()
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < LONG / 2


def noting(asked: list[str]) -> Callable[[str], int]:
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    return length


def test_short_words_are_asked_about_once() -> None:
    asked: list[str] = []
    length = remembered(2)(noting(asked))
    assert [length('a'), length('bb'), length('a')] == [1, 2, 1]
    assert asked == ['a', 'bb']


def test_no_more_words_are_remembered_than_was_said() -> None:
    asked: list[str] = []
    length = remembered(2)(noting(asked))
    for word in 'abca':
        length(word)
    assert asked == ['a', 'b', 'c', 'a']


def test_a_word_that_is_too_long_is_asked_about_each_time() -> None:
    asked: list[str] = []
    length = remembered(2)(noting(asked))
    word = 'x' * (LONGEST + 1)
    assert length(word) == length(word) == LONGEST + 1
    assert asked == [word, word]
