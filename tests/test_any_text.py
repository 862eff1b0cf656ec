"""Whatever a text holds: no exception, every place inside of it, and a tree that accounts for it.

The profile of a run is chosen with ``--hypothesis-profile``: ``fixed``, the same examples each
time, as it is without; ``deep``, many more and other ones.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.rules.common.unknown_name import UnknownName
from glance_docs_ext.source import Source
from glance_docs_ext.syntax import Document, Statement
from tests.any_text import anything, configuration, markup
from tools.fuzz import holds
from tools.fuzz.covers import uncovered
from tools.fuzz.prints import NotTheSame, printed, read_again
from tools.fuzz.targets import CUT, TARGETS

DEEP = 5000  # sections inside of each other, five times what Python's stack takes


@pytest.mark.parametrize('engine', sorted(ENGINES))
@given(data=st.data())
def test_any_block_is_read_checked_and_printed_again(engine: str, data: st.DataObject) -> None:
    context = data.draw(st.sampled_from((None, *get_engine(engine).contexts)))
    holds.of_a_block(engine, data.draw(configuration(engine)), context)


@pytest.mark.parametrize('suffix', ['.rst', '.md'])
@given(data=st.data())
def test_any_page_is_read_and_its_blocks_stand_where_they_say(
    suffix: str, data: st.DataObject
) -> None:
    holds.of_a_page(suffix, data.draw(markup(suffix)))


@given(st.lists(st.one_of(*map(configuration, sorted(ENGINES))), max_size=4).map(CUT.join))
def test_any_blocks_are_read_together(text: str) -> None:
    TARGETS['deployment'](text.encode('utf-8', 'surrogatepass'))


@given(markup('.rst'))
def test_any_text_is_read_as_version_notes_and_terms(text: str) -> None:
    TARGETS['notes'](text.encode('utf-8', 'surrogatepass'))


@given(anything())
def test_lines_and_columns_lead_back_to_where_they_came_from(text: str) -> None:
    holds.lines_and_columns(Source(text, 'f'))


DEEPEST = {
    'apache': ('<Location "/">\n', '</Location>\n', 'server'),
    'nginx': ('location / {\n', '}\n', 'server'),
    'uwsgi': ('if-env = HOME\n', 'endif =\n', 'section'),
}


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_sections_may_be_nested_without_end(engine: str) -> None:
    begin, end, context = DEEPEST[engine]
    holds.of_a_block(engine, begin * DEEP + end * DEEP, context)
    holds.of_a_block(engine, begin * DEEP, context)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_line_may_be_as_long_as_it_likes(engine: str) -> None:
    word = next(iter(get_engine(engine).catalogue.entries))
    holds.of_a_block(engine, f'{word} {"x" * 1_000_000}', None)
    holds.of_a_block(engine, f'{word} {"x " * 100_000}', None)


# The judges themselves.

SHOWN = {
    'apache': ('<IfModule !x>\nListen  80 # a\n</IfModule>', '<IfModule !x>\nListen "80"'),
    'nginx': ('http {\n a "b\\"" \'c\';}', '"http" {\n"a" "b\\"" "c";\n}'),
    'uwsgi': ('[uwsgi]\n a=1 # b\nc', '[uwsgi]\na = 1 # b\nc'),
}


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_tree_prints_as_a_text_that_says_the_same(engine: str) -> None:
    text, expected = SHOWN[engine]
    document = get_engine(engine).parse(Source(text, 'f'), None)
    assert printed(document).startswith(expected)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_tree_that_leaves_out_a_word_or_reads_it_wrongly_is_noticed(engine: str) -> None:
    text = {'apache': 'Listen 80\n', 'nginx': 'root /a;\n', 'uwsgi': '[uwsgi]\na = 1\n'}[engine]
    document = get_engine(engine).parse(Source(text, 'f'), None)
    assert uncovered(document) == []
    read_again(document)
    (right,) = document.statements
    wrong = Statement('other', right.name, (), right.rest, right.contexts)
    document = Document(document.source, engine, (wrong,))
    assert uncovered(document) != []
    with pytest.raises(NotTheSame):
        read_again(document)


def test_a_place_outside_of_the_text_is_noticed() -> None:
    document = get_engine('apache').parse(Source('Lisen 80\nListen 80\n', 'block'), 'server')
    found = list(UnknownName().check(document, get_engine('apache')))
    holds.places(found, {'block': ['Lisen 80', 'Listen 80', '']})
    for lines in (['Lis'], [], ['', 'Lisen 80']):
        with pytest.raises(holds.DoesNotHold):
            holds.places(found, {'block': lines})
