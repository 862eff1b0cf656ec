"""What we read out of Apache configuration: from the outside, block in, tree and findings out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.diagnostics import NOTICED
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source
from tests.apache_samples import findings, samples, shown, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from glance_docs_ext.syntax import Document


def parse(text: str, context: str | None = None) -> Document:
    return get_engine('apache').parse(Source(text, 'x.conf'), context)


def tree(text: str) -> list[tuple[str, list[str]]]:
    return [
        (statement.key, [word.text for word in statement.arguments])
        for statement, _scope in parse(text).placed
    ]


@pytest.mark.parametrize('path', samples('ok'), ids=lambda path: path.stem)
def test_a_sample_that_is_right_has_no_fault(path: Path) -> None:
    for context in ('server', None):
        assert [str(d) for d in findings(text_of(path), context) if d.severity.fails] == []


@pytest.mark.parametrize('path', samples('bad'), ids=lambda path: path.stem)
def test_a_sample_that_is_wrong_has_the_one_finding_that_it_names(path) -> None:  # type: ignore[no-untyped-def]  # a fixture value
    text = text_of(path)
    expected = text.split('\n', 1)[0].removeprefix('# expect: ')
    found = findings(text)
    assert shown(found) == expected
    assert all(d.help for d in found)


@pytest.mark.parametrize(
    ('written', 'read'),
    [
        ('ServerAdmin "a b"', ['a b']),
        ("ServerAdmin 'a b'", ['a b']),
        ('ServerAdmin "a', ['a']),
        (r'ServerAdmin "a \"b\" \\ \c"', [r'a "b" \ \c']),
        ('ServerAdmin a"b c"', ['a"b', 'c"']),
        ('ServerAdmin "a"b', ['a', 'b']),
        (r'ServerAdmin a\\b\c', [r'a\b\c']),
        ('ServerAdmin a \\\n   b', ['a', 'b']),
        ('ServerAdmin a\\\r\nb\r\n', ['ab']),
        ('ServerAdmin a # b', ['a', '#', 'b']),
        ('ServerAdmin a\x00b', ['a']),
        ('ServerAdmin “a b”', ['“a', 'b”']),
        ('ServerAdmin a;', ['a;']),
        ('ServerAdmin \ta\f', ['a']),
    ],
)
def test_words_are_cut_as_apache_cuts_them(written: str, read: list[str]) -> None:
    assert tree(written) == [('serveradmin', read)]


def test_the_place_of_a_word_on_a_joined_line_is_where_it_was_written() -> None:
    (found,) = findings('DocumentRoot /tmp \\\n    /srv\n')
    assert (found.place.line, found.place.column, found.place.end_column) == (2, 5, 9)


def test_a_backslash_joins_a_comment_with_the_line_below_it() -> None:
    assert tree('# to be continued \\\nBogus x\nServerName a') == [('servername', ['a'])]


def test_a_condition_that_is_false_takes_its_body_away_and_one_that_is_true_does_not() -> None:
    text = '<IfModule {}>\nServerName a\n</IfModule>\n'
    inside = ('servername', ['a'])
    for module in ('mod_ssl.c', 'ssl_module', '!mod_nothing.c'):
        assert inside in tree(text.format(module))
    for module in ('mod_nothing.c', 'ssl', '!mod_ssl.c'):
        assert inside not in tree(text.format(module))


@pytest.mark.parametrize(
    ('condition', 'true'),
    [
        ('<IfVersion >= 2.4>', True),
        ('<IfVersion 2.4.71>', True),
        ('<IfVersion >= 2.4.>', True),
        ('<IfVersion >= 2..99>', True),
        ('<IfVersion = 2.4.71.>', True),
        ('<IfVersion >= 2.99.>', False),
        ('<IfVersion !> 2.5>', True),
        ('<IfVersion < 2.4>', False),
        (r'<IfVersion ~ ^2\.4\.[0-9]+$>', True),
        ('<IfVersion = /^2.[3-5]/>', True),
        (r'<IfVersion !~ ^2\.4>', False),
        (r'<IfVersion ~ ^2\.(2|3)$>', False),
        ('<IfDefine A>', True),
        ('<IfDefine !A>', False),
        ('<IfDefine a>', False),
        ('<IfDirective ProxyPass>', True),
        ('<IfDirective ProxyPasst>', False),
        ('<IfSection Location>', True),
        ('<IfFile /etc/passwd>', False),
    ],
)
def test_conditions_are_decided_as_apache_decides_them(condition: str, true: bool) -> None:
    end = f'</{condition[1:].split(" ", 1)[0]}>'
    assert (('keepalive', ['On']) in tree(f'Define A\n{condition}\nKeepAlive On\n{end}')) is true


def test_a_variable_is_put_in_where_it_is_defined_above_the_line() -> None:
    text = (
        'ServerName ${a}.${A}\nDefine a "x y"\nServerName ${a}.${A}\nUnDefine a\nServerName ${a}\n'
    )
    assert [words for key, words in tree(text) if key == 'servername'] == [
        ['${a}.${A}'],
        ['x', 'y.x', 'y'],
        ['${a}'],
    ]


def test_an_empty_value_is_no_value() -> None:
    text = 'Define a ""\nServerName ${a}\nDefine a x\nDefine a ""\nServerName ${a}\n'
    assert [words for key, words in tree(text) if key == 'servername'] == [['${a}'], ['x']]
    assert ('keepalive', ['On']) in tree('Define a ""\n<IfDefine a>\nKeepAlive On\n</IfDefine>\n')


def test_a_line_may_begin_with_the_blanks_of_a_variable() -> None:
    assert tree('Define a " KeepAlive"\n${a} On\n')[-1] == ('keepalive', ['On'])
    assert tree('Define a " "\n${a}\n') == tree('Define a " "\n')


def test_a_server_whose_address_only_the_host_knows_may_be_right() -> None:
    assert not findings('<Proxy ${GLANCE}>\nProxySet timeout=5\n</Proxy>\n')


def test_the_place_of_a_variable_is_where_it_is_written() -> None:
    (found,) = findings('Define root "/srv /tmp"\nDocumentRoot ${root}\n')
    assert (found.place.line, found.place.column, found.place.end_column) == (2, 14, 21)
    (found,) = findings('Define root /tmp\nDocumentRoot ${root} \\\n  /${root} x\n')
    assert (found.place.line, found.place.column, found.place.end_column) == (3, 3, 13)


def test_variables_that_double_themselves_stay_bounded() -> None:
    lines = ['Define a0 xxxxxxxx']
    lines += [f'Define a{n + 1} ${{a{n}}}${{a{n}}}' for n in range(60)]
    assert len(tree('\n'.join([*lines, 'ServerName ${a60}']))) == 62


def test_the_body_of_a_macro_is_not_judged() -> None:
    assert findings('<Macro Host $name>\n<VirtualHost $x\nBogus\n</Macro>\n') == ()


def test_a_statement_knows_what_it_stands_in() -> None:
    text = '<VirtualHost *>\n<IfModule mod_ssl.c>\n<Location />\nSetEnv a\n'
    (placed,) = parse(text).named('setenv')
    assert placed.statement.contexts == {'location'}
    assert len(parse('SetEnv a').statements[0].contexts) > 5
    assert parse('SetEnv a', 'htaccess').statements[0].contexts == {'htaccess'}


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('<VirtualHost *>\n</Directory>\n</VirtualHost>\n', '2:1 APA104'),
        ('<VirtualHost *>\n<Location />\n</VirtualHost>\n', '3:1 APA103'),
        ('<VirtualHost *>\n<Location />\n</VirtualHost>\n</Location>\n', '3:1 APA103'),
        ('<IfModule mod_nothing.c>\n<Location />\n</IfModule>\n', '3:1 APA103'),
        ('<IfModule mod_nothing.c>\n', '1:1 APA101'),
        ('<IfModule mod_ssl.c>\n', '1:1 APA102'),
        ('<IfVersion >= 2.4\nKeepAlive On\n</IfVersion>\n', '1:18 APA106'),
        ('<IfVersion >= 2.4>x\nKeepAlive On\n</IfVersion>\n', '1:19 APA107'),
        ('<IfModule mod_ssl.c>\n<Location />\n', '1:1 APA102 2:1 APA102'),
    ],
)
def test_sections_that_do_not_match_give_one_finding_each(text: str, expected: str) -> None:
    assert shown(findings(text)) == expected


def test_a_mismatch_shows_where_the_section_was_opened() -> None:
    (found,) = findings('<VirtualHost *:80>\nServerName a\n</Directory>\n')
    assert [(r.place.line, r.place.column) for r in found.related] == [(1, 1)]


@pytest.mark.parametrize('inside', ['', '<Files a>\n', '<Files a>\n</Files>\n<If x>\n'])
def test_a_mismatch_in_what_is_passed_over_tells_the_line_that_the_engine_names(
    inside: str,
) -> None:
    text = f'ServerName a\n<IfModule mod_nothing.c>\n{inside}</Directory>\n'
    found = next(one for one in findings(text) if one.code == 'APA103')
    assert [(r.place.line, r.message) for r in found.related] == [(2, NOTICED)]


def test_a_fault_on_several_lines_tells_the_last_which_the_engine_names() -> None:
    text = 'ServerName a\nKepAlive \\\n On \\\n\nServerTokens \\\n Foo\nKepAlive On\n'
    told = [[r.place.line for r in one.related] for one in findings(text)]
    assert told == [[4], [], []]


def test_a_section_of_htaccess_allows_what_both_allow() -> None:
    text = '<Files a>\nSetEnv a b\nAllowOverride None\n</Files>\n'
    (found,) = findings(text, 'htaccess')
    assert found.message == "Apache does not allow 'AllowOverride' in .htaccess inside <Files>"


@pytest.mark.parametrize(
    'text',
    [
        '<VirtualHost *:80>\n' * 100_000,
        '<VirtualHost *:80>\n' * 50_000 + '</VirtualHost>\n' * 50_000,
        '<A>\n' * 50_000 + '</B>\n' * 50_000,
        '<IfModule mod_nothing.c>\n' + '<A>\n' * 50_000 + '</B>\n' * 50_000,
        'Include "' + 'a' * 2_000_000,
        'ServerAlias' + ' a' * 100_000,
        'ServerName a' + ' ' * 2_000_000 + '>',
        '<Location />' + ' ' * 2_000_000,
        'SetEnv a \\\n' * 100_000,
        '"\\' * 200_000,
        '<' * 500_000,
        '</' * 300_000,
        '\0\n' * 100_000,
        '${a}' * 100_000,
        'RewriteRule ' + '(' * 300_000,
        'Header set a ' + '%' * 300_000,
        '\ufeff\ud800\udfff<\ud800>\n',
    ],
    ids=range(17),
)
def test_hostile_text_costs_bounded_time_and_no_traceback(text: str) -> None:
    start = time.process_time()
    findings(text, None)
    assert (
        time.process_time() - start < 120
    )  # a quiet machine needs four; a quadratic run would take hours


def test_a_block_of_ten_megabytes_is_read_in_seconds() -> None:
    text = text_of(samples('ok')[0])
    text *= 10_000_000 // len(text)
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 120  # a quiet machine needs three


def test_a_macro_may_define_macros_of_its_own() -> None:
    text = (
        '<Macro Outer $name>\n    <Macro Inner$name $port>\n        Define port$name $port\n'
        '    </Macro>\n</Macro>\nUse Outer One\nUse InnerOne 60999\n'
    )
    assert not findings(text)


def test_a_macro_may_close_a_section_where_it_is_used() -> None:
    macro = '<Macro End>\n    <Location /a>\n    </Location>\n    </VirtualHost>\n</Macro>\n'
    assert not findings(f'{macro}<VirtualHost *:80>\nUse End\n')
    assert shown(findings(f'{macro}<Location /b>\n')) == '6:1 APA101'
