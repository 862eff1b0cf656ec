"""The report for people: what stands on the line, what under it, and where the caret points."""

from __future__ import annotations

import re
import time
from textwrap import dedent

import pytest

from glance_docs_ext.diagnostics import Diagnostic, Related, Severity
from glance_docs_ext.reporters import text
from glance_docs_ext.source import LineOrigin, Place, Source, Span

MEGABYTE = 1_000_000


def finding(
    line: str,
    marked: str,
    *,
    severity: Severity = Severity.ERROR,
    path: str = 'page.rst',
    number: int = 1,
    related: tuple[Related, ...] = (),
    help_text: str = '',
    message: str = 'it is wrong',
) -> Diagnostic:
    """Return a finding about ``marked`` in ``line``, the line ``number`` of a file."""
    start = number - 1 + line.index(marked)
    place = Source('\n' * (number - 1) + line, path).place(Span(start, start + len(marked)))
    return Diagnostic('CFG201', 'some-name', severity, place, message, help_text, '', related)


def caret(line: str, marked: str) -> tuple[str, str]:
    """Return the line as it is shown and the caret under it, without the gutter."""
    rows = text.render([finding(line, marked)]).splitlines()
    return rows[2].removeprefix('1 | '), rows[3].removeprefix('  | ')


def test_a_finding_looks_as_the_manual_shows_it() -> None:
    listener = finding('http-socket = 127.0.0.1:60999', 'http-socket', number=72).place
    shown = finding(
        '    ProxyPass / uwsgi://127.0.0.1:60999/',
        'uwsgi://127.0.0.1:60999/',
        number=116,
        message='uwsgi:// is spoken to 127.0.0.1:60999, which listens for HTTP',
        related=(Related(listener, 'the listener'),),
        help_text='proxy with http://127.0.0.1:60999/',
    )
    assert text.render([shown]) == dedent(
        """\
        page.rst:116:17: error: CFG201 uwsgi:// is spoken to 127.0.0.1:60999, which listens for HTTP [some-name]
            |
        116 |     ProxyPass / uwsgi://127.0.0.1:60999/
            |                 ^~~~~~~~~~~~~~~~~~~~~~~~
            = the listener: page.rst:72:1  http-socket = 127.0.0.1:60999
            = help: proxy with http://127.0.0.1:60999/
        """  # noqa: E501  # as wide as it is printed
    )


def test_no_findings_give_no_text() -> None:
    assert text.render([]) == ''


def test_a_blank_line_stands_between_two_findings() -> None:
    rows = text.render([finding('a b', 'a'), finding('a b', 'b')]).splitlines()
    assert [row for row in rows if not row.strip()] == ['']


def test_the_caret_is_padded_with_the_tabs_of_the_line() -> None:
    assert caret('\tfoo\tbar baz', 'bar') == ('\tfoo\tbar baz', '\t   \t^~~')


def test_a_wide_character_takes_two_columns() -> None:
    assert caret('名前 bar', 'bar') == ('名前 bar', '     ^~~')
    assert caret('x 名前 bar', '名前') == ('x 名前 bar', '  ^~~~')


def test_a_combining_character_takes_no_column() -> None:
    line = 'e\N{COMBINING ACUTE ACCENT} bar'
    assert caret(line, 'bar') == (line, '  ^~~')


@pytest.mark.parametrize(
    ('character', 'shown'),
    [
        ('\0', r'\x00'),
        ('\x1b', r'\x1b'),
        ('\udcff', r'\udcff'),
        ('\N{NO-BREAK SPACE}', r'\xa0'),
        ('\N{RIGHT-TO-LEFT OVERRIDE}', r'\u202e'),
    ],
)
def test_what_does_not_print_is_spelt_out_and_the_caret_knows(character: str, shown: str) -> None:
    assert caret(f'a{character}b', 'b') == (f'a{shown}b', ' ' * (1 + len(shown)) + '^')
    assert caret(f'a{character}b', character)[1] == ' ^' + '~' * (len(shown) - 1)


def test_a_span_over_lines_is_marked_to_the_end_of_the_first() -> None:
    source = Source('a = "b   \nc"\n', 'page.rst')
    place = source.place(Span(4, 12))
    shown = text.render([Diagnostic('CFG1', 'n', Severity.ERROR, place, 'm')]).splitlines()
    assert shown[2:] == ['1 | a = "b', '  |     ^~']


def test_a_place_behind_the_line_is_shown_behind_it() -> None:
    source = Source('listen 80\n', 'page.rst')
    place = source.place(Span(9, 9))
    shown = text.render([Diagnostic('CFG1', 'n', Severity.ERROR, place, 'm')]).splitlines()
    assert shown[2:] == ['1 | listen 80', '  |          ^']


def test_the_line_is_shown_as_the_file_has_it_with_its_indentation() -> None:
    origin = LineOrigin('page.rst', 7, 3, '   lisen 80;')
    place = Source('lisen 80;', 'page.rst', (origin,)).place(Span(0, 5))
    shown = text.render([Diagnostic('CFG1', 'n', Severity.ERROR, place, 'm')]).splitlines()
    assert shown == ['page.rst:7:4: error: CFG1 m [n]', '  |', '7 |    lisen 80;', '  |    ^~~~~']


def test_a_blank_line_is_not_shown() -> None:
    place = Place('page.rst', 3, 1, 3, 1, '   ')
    shown = text.render([Diagnostic('CFG1', 'n', Severity.ERROR, place, 'm', 'do it')])
    assert shown == 'page.rst:3:1: error: CFG1 m [n]\n  = help: do it\n'


@pytest.mark.parametrize('before', [0, 10, 80, 119, 500])
@pytest.mark.parametrize('behind', [0, 10, 80, 500])
@pytest.mark.parametrize('length', [1, 20, 119, 300])
def test_a_long_line_is_cut_around_the_span(before: int, behind: int, length: int) -> None:
    line, marker = caret('a' * before + 'B' * length + 'c' * behind, 'B' * length)
    assert len(line) <= text.SHOWN + 2 * len(text.ELLIPSIS)
    assert line[marker.index('^') : len(marker)] == 'B' * len(marker.strip())
    assert line.startswith('...') == (not line.startswith(('a' * before + 'B')[:1]))
    assert marker.strip() == '^' + '~' * (min(length, text.SHOWN) - 1)


def test_a_line_of_megabytes_costs_no_more_than_another() -> None:
    line = 'a' * 10 * MEGABYTE + ' bar ' + 'c' * 10 * MEGABYTE
    place = Source(line, 'page.rst').place(Span(10 * MEGABYTE + 1, 10 * MEGABYTE + 4))
    shown = [Diagnostic('CFG1', 'n', Severity.ERROR, place, 'm')] * 1000
    start = time.process_time()
    assert len(text.render(shown)) < MEGABYTE
    assert time.process_time() - start < 2


def test_paths_messages_and_help_cannot_steer_the_terminal() -> None:
    shown = text.render(
        [finding('a', 'a', path='x\x1b[2J.rst', message='m\x07\n', help_text='h\x1b')]
    )
    assert '\x1b' not in shown
    assert '\x07' not in shown
    assert len(shown.splitlines()) == 5


def test_a_related_line_is_cut_too() -> None:
    there = Source('  ' + 'x' * 500, 'other.rst').place(Span(2, 3))
    shown = text.render([finding('a', 'a', related=(Related(there, 'there'),))]).splitlines()[-1]
    assert shown == f'  = there: other.rst:1:3  {"x" * text.SHOWN}...'


def test_colours_add_nothing_that_the_words_do_not_say() -> None:
    findings = [finding('a b', 'b', severity=severity, help_text='do it') for severity in Severity]
    plain, coloured = text.render(findings), text.render(findings, colour=True)
    assert plain != coloured
    assert '\x1b' not in plain
    assert re.sub(r'\x1b\[[\d;]*m|\x1b\]8;;.*?\x1b\\', '', coloured) == plain


def test_a_code_is_a_link_to_its_rule_on_a_terminal() -> None:
    linked = finding('a', 'a')._replace(url='https://example.org/rules.html#cfg1')
    shown = text.render([linked], colour=True).splitlines()[0]
    assert '\x1b]8;;https://example.org/rules.html#cfg1\x1b\\' in shown
    assert shown.count('\x1b]8;;\x1b\\') == 1
    assert '\x1b' not in text.render([linked])


def test_every_colour_ends_on_its_line() -> None:
    for line in text.render([finding('a b', 'b', help_text='x')], colour=True).splitlines():
        codes = re.findall(r'\x1b\[[\d;]*m', line)
        assert len(codes) % 2 == 0
        assert set(codes[1::2]) <= {text.RESET}


def test_the_headline_stands_for_the_finding() -> None:
    assert text.render([finding('a b', 'b')]).split('\n')[0] == (
        'page.rst:1:3: error: CFG201 it is wrong [some-name]'
    )


def test_the_summary_counts_by_severity_and_knows_the_singular() -> None:
    severities = [Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.INFO]
    findings = [finding('a', 'a', severity=severity) for severity in severities]
    assert text.summary(findings) == '2 errors, 1 warning, 1 info'
    assert text.summary([]) == 'no findings'
    assert re.sub(r'\x1b\[[\d;]*m', '', text.summary(findings, colour=True)) == (
        '2 errors, 1 warning, 1 info'
    )
