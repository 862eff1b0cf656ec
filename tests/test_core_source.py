"""Source: offsets inside, lines and columns of the author's file outside."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from glance_docs_ext.source import SHORT, LineOrigin, Place, Source, Span


def position(source: Source, wanted: str) -> tuple[str, int, int, int, int]:
    """Return the place of the first ``wanted`` in the text."""
    start = source.text.index(wanted)
    place = source.place(Span(start, start + len(wanted)))
    return place.path, place.line, place.column, place.end_line, place.end_column


def test_a_text_without_origins_is_the_file_itself() -> None:
    source = Source('one\ntwo three\n', 'a.ini')
    assert position(source, 'one') == ('a.ini', 1, 1, 1, 4)
    assert position(source, 'three') == ('a.ini', 2, 5, 2, 10)
    assert source.place(Span(4, 7)).excerpt == 'two three'


def test_a_span_may_run_over_several_lines() -> None:
    assert position(Source('one\ntwo\nthree', 'f'), 'e\ntwo\nth') == ('f', 1, 3, 3, 3)


def test_a_span_with_its_line_end_ends_behind_the_last_character_of_the_line() -> None:
    assert position(Source('one\ntwo\n', 'f'), 'ne\n') == ('f', 1, 2, 1, 4)
    assert position(Source('one\n\n', 'f'), '\n\n') == ('f', 1, 4, 2, 1)


@pytest.mark.parametrize('text', ['one', 'one\ntwo\n', '\n\n', '\r\n\tone\r\n two'])
def test_what_is_short_stands_where_it_stands_in_a_long_text(text: str) -> None:
    """The lines of one are counted, those of the other are listed once."""
    short, long = Source(text, 'f'), Source(f'{text}\n' + 'x' * SHORT, 'f')
    for start, end in combinations_with_replacement(range(len(text) + 1), 2):
        assert short.place(Span(start, end)) == long.place(Span(start, end))
        assert short.line_number(start) == long.line_number(start)


def test_an_empty_span_ends_where_it_starts() -> None:
    place = Source('one\ntwo', 'f').place(Span(5, 5))
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 2, 2, 2)


def test_the_end_of_the_text_is_a_place() -> None:
    assert str(Source('one', 'f').place(Span(3, 3))) == 'f:1:4'
    assert str(Source('one\n', 'f').place(Span(4, 4))) == 'f:2:1'
    assert str(Source('', 'f').place(Span(0, 0))) == 'f:1:1'


def test_a_line_ends_at_a_line_feed_and_nowhere_else() -> None:
    source = Source('a\x0bb\x0cc\x85d\u2028e\rf\r\ng', 'f')
    assert position(source, 'g') == ('f', 2, 1, 2, 2)
    assert source.line_span(1) == Span(0, 12)
    assert source.place(Span(0, 1)).excerpt == 'a\x0bb\x0cc\x85d\u2028e\rf'


def test_columns_count_characters_not_bytes_or_cells() -> None:
    assert position(Source('# Zürich 東京 👍🏽 x', 'f'), 'x')[2] == 16


def test_a_block_points_into_its_page() -> None:
    origins = (
        LineOrigin('page.rst', 12, 4, '    [uwsgi]'),
        LineOrigin('page.rst', 13, 4, '    proceses = 4'),
    )
    source = Source('[uwsgi]\nproceses = 4', 'page.rst', origins)
    assert position(source, 'proceses') == ('page.rst', 13, 5, 13, 13)
    assert source.place(Span(8, 9)).excerpt == '    proceses = 4'


def test_a_block_may_be_put_together_from_several_files() -> None:
    origins = (LineOrigin('a.rst', 3, 0, 'one'), LineOrigin('b.inc', 40, 2, '  two'))
    source = Source('one\ntwo', 'a.rst', origins)
    assert position(source, 'one')[:3] == ('a.rst', 3, 1)
    assert position(source, 'two')[:3] == ('b.inc', 40, 3)
    assert position(source, 'one\ntwo') == ('a.rst', 3, 1, 40, 6)


@pytest.mark.parametrize(
    ('physical', 'indent', 'block_line', 'wanted', 'column'),
    [
        ('\tname value', 8, 'name value', 'name', 2),
        ('  \tname value', 8, 'name value', 'name', 4),
        ('\t\tname', 16, 'name', 'name', 3),
        ('    name\tvalue', 4, 'name        value', 'value', 10),
        ('\tname\tvalue', 8, 'name    value', 'value', 7),
        ('    é\tvalue', 4, 'é   value', 'value', 7),
    ],
)
def test_a_column_counts_a_tab_of_the_file_as_one_character(
    physical: str, indent: int, block_line: str, wanted: str, column: int
) -> None:
    source = Source(block_line, 'p.rst', (LineOrigin('p.rst', 7, indent, physical),))
    assert position(source, wanted)[1:3] == (7, column)
    assert physical[column - 1 :].startswith(wanted)


def test_a_column_behind_the_end_of_a_line_with_tabs_goes_on_counting() -> None:
    origin = LineOrigin('p.rst', 1, 8, '\tab')
    assert [origin.column(offset) for offset in (0, 1, 2, 3)] == [2, 3, 4, 5]


def test_places_sort_by_file_line_and_column() -> None:
    places = [
        Place('b', 1, 1, 1, 1),
        Place('a', 10, 1, 10, 1),
        Place('a', 9, 20, 9, 20),
        Place('a', 9, 3, 9, 3),
    ]
    assert [str(place) for place in sorted(places)] == ['a:9:3', 'a:9:20', 'a:10:1', 'b:1:1']


def test_a_line_number_is_found_in_a_text_of_a_million_lines() -> None:
    source = Source('x\n' * 1_000_000, 'f')
    assert source.line_number(1_000_000) == 500_001
    assert source.line_span(1_000_000) == Span(1_999_998, 1_999_999)
