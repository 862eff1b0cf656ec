"""What a macro holds is judged where it is used; Apache itself is asked, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.engines.apache import ENGINE as APACHE
from glance_docs_ext.engines.apache.expand import MOST
from glance_docs_ext.expansion import Expansion
from glance_docs_ext.native.apache import ask
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.source import LineOrigin, Source
from tests.asked import asked, require_engine

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document, Placed

# The lines of a macro with the argument $a, how it is used, and what is told of the line that does:
# the code, and the line of the macro.
MACROS: tuple[tuple[str, str, tuple[str, int] | None], ...] = (
    ('ServerNam $a', 'Use m x', ('CFG201', 2)),
    ('ServerName $a\n\n  # a comment\n  Servernam $a', 'Use m x', ('CFG201', 5)),
    ('<Nosuch>\n</Nosuch>', 'Use M x', ('CFG201', 2)),
    ('ServerNam $a', '', None),
    ('<IfModule nosuch>\nNosuch\n</IfModule>\nServerName $a', 'Use m x', None),
    ('ServerName \\\nNosuch', 'Use m x', None),
    ('ServerNam $a', '<IfModule nosuch>\nUse m x\n</IfModule>', None),
    ('<If "true">\nHeader set A $a\n</If>\nNosuch', 'Use m x', ('CFG201', 5)),
    # with the argument put in:
    ('ServerName $a', 'Use m glance:80', None),
    ('ServerName glance:$a', 'Use m http', ('APA220', 2)),
    ('ServerName \\\n  $a', 'Use m "a b"', ('CFG203', 2)),
    ('ServerName "$a"', 'Use m "a"', None),
    ('LogLevel $a$a', 'Use m no', ('APA214', 2)),
    ('Server$a glance', 'Use m Name', None),
    ('Define x $a\nServerName ${x}', 'Use m a:b', ('APA220', 3)),
    ('<IfDefine $a>\nNosuch\n</IfDefine>', 'Define y\nUse m x', None),
    ('<IfDefine $a>\nNosuch\n</IfDefine>', 'Define y\nUse m y', ('CFG201', 3)),
    # where it is used:
    ('Listen $a', '<VirtualHost *:80>\nUse m 80\n</VirtualHost>', ('CFG202', 2)),
    ('<VirtualHost *:$a>\nListen 80\n</VirtualHost>', 'Use m 80', ('CFG202', 3)),
    ('<VirtualHost *:$a>', 'Use m 80\nServerName a\n</VirtualHost>', None),
    ('<VirtualHost *:$a>', 'Use m 80', ('APA101', 2)),
    ('ServerName $a\n</VirtualHost>', '<VirtualHost *:80>\nUse m a', None),
    ('</VirtualHost>', 'Use m 80', ('APA104', 2)),
    ('<IfModule $a>\nNosuch\n', 'Use m nosuch\nNosuch\n</IfModule>', None),
    # in each other:
    ('ServerName $a\n</Macro>\n<Macro n $b>\nUse m $b:x', 'Use n a', ('APA220', 2)),
    ('Use m $a', 'Use m a', ('APA245', 2)),
    ('Use n\n</Macro>\n<Macro n>\nUse M a', 'Use n', ('APA245', 2)),
    ('Use n $a\n</Macro>\n<Macro n>', 'Use m a', ('APA241', 2)),
    # an argument that ends in a backslash goes on with the line behind it:
    ('SetEnv A $a\nSetEnv B', 'Use m C:\\srv\\ ', ('CFG203', 3)),
    ('SetEnv $a\n  A', 'Use m C:\\srv\\ ', None),
    ('SetEnv A $a', 'Use m C:\\srv\\ \nB', None),
    ('# $a', 'Use m a\n<VirtualHost *:80>\nUse m b\n</VirtualHost>', None),
)


@pytest.mark.parametrize(('body', 'use', 'wrong'), MACROS)
def test_what_a_macro_holds_is_judged_where_it_is_used(
    body: str, use: str, wrong: tuple[str, int] | None
) -> None:
    text = f'<Macro m $a>\n{body}\n</Macro>\n{use}\n'
    told = [one for one in check(Source(text, 'f'), 'apache').diagnostics if one.severity.fails]
    assert [(one.code, one.related[0].place.line) for one in told] == ([wrong] if wrong else [])
    assert all(one.place.excerpt.lower().startswith('use ') for one in told)


def test_a_tab_is_one_column_beside_a_macro_as_it_is_without() -> None:
    faulty = '\tServerNam\ta\nServerName\ta\tb\n'
    alone = check(Source(faulty, 'x.conf'), 'apache', 'server').diagnostics
    text = f'{faulty}<Macro m>\nServerName a\n</Macro>\nUse m\n'
    found = check(Source(text, 'x.conf'), 'apache', 'server').diagnostics
    assert [one.place for one in alone] == [one.place for one in found]
    assert [one.place.column for one in found] == [2, 14]


@pytest.mark.parametrize(('body', 'use', 'wrong'), MACROS)
def test_apache_refuses_what_is_told(body: str, use: str, wrong: tuple[str, int] | None) -> None:
    require_engine('apache')
    text = f'<Macro m $a>\n{body}\n</Macro>\n{use}\n'
    found = check(Source(text, 'f'), 'apache').diagnostics
    verdict = asked('apache', text)
    assert verdict.outcome in {Outcome.REFUSED if wrong else Outcome.ACCEPTED, Outcome.WITHHELD}
    if verdict.outcome is Outcome.REFUSED:
        assert verdict.line in {one.place.line for one in found}


ABOVE = ('', 'ServerName a\n# b\n', 'Define y\n', '</If>\n', 'Listen \\\n8\n')


@pytest.mark.parametrize('above', ABOVE)
@pytest.mark.parametrize('body_and_use', [one[:2] for one in MACROS])
def test_what_stands_above_the_first_use_is_taken_over_as_it_would_be_read(
    above: str, body_and_use: tuple[str, str]
) -> None:
    body, use = body_and_use
    text = f'{above}<Macro m $a>\n{body}\n</Macro>\n# above\nListen 80\n{use}\nTimeout 3\n'
    document = read(text)
    whole = APACHE.expand(document, APACHE.parse) or Expansion(document, ())
    taken_over = APACHE.parse(whole.document.source, None)
    wholly = read(taken_over.source.text)
    assert [*map(as_told, taken_over.placed)] == [*map(as_told, wholly.placed)]
    assert taken_over.remarks == wholly.remarks
    assert taken_over.problems == wholly.problems
    assert taken_over.stops == wholly.stops


def test_what_stands_above_the_first_use_is_not_read_again() -> None:
    document = read('Listen 80\n<Macro m>\nServerName a\n</Macro>\n<If "true">\nUse m\n</If>\n')
    whole = APACHE.expand(document, APACHE.parse)
    assert whole
    assert whole.document.statements[:2] == document.statements[:2]  # compared by identity
    assert whole.document.statements[2] != document.statements[2]


def read(text: str) -> Document:
    return APACHE.parse(Source(text, 'f'), None)


def as_told(placed: Placed) -> tuple[object, ...]:
    statement, scope = placed
    *fields, body = statement
    return *fields, body is None, scope and scope.section.name


def test_the_macro_that_was_defined_last_is_the_one_that_is_used() -> None:
    macro = '<Macro m>\n{}\n</Macro>\n'
    text = macro.format('Nosuch') + macro.format('ServerName a') + 'Use m\n'
    assert check(Source(text, 'f'), 'apache').diagnostics == ()
    text = macro.format('Nosuch') + 'Use m\n' + macro.format('ServerName a')
    assert lines_told(text) == [4]
    text = macro.format('Nosuch') + 'UndefMacro m\nUse m\n'  # that of another file
    assert lines_told(text) == []


def lines_told(text: str) -> list[int]:
    return [one.place.line for one in check(Source(text, 'f'), 'apache').diagnostics]


def test_a_line_that_is_wrong_in_each_use_is_told_once() -> None:
    macro = '<Macro m $a>\nNosuch\nServerName $a\n</Macro>\n'
    assert lines_told(macro + 'Use m a\nUse m b:x\nUse m c:x\nUse m d:y\n') == [5, 6, 8]


def test_what_stands_behind_a_use_keeps_its_place() -> None:
    text = '<Macro m>\nServerName a\n\n</Macro>\n Use \\\n  m \\\n\n  Nosuch b\nUse m\n'
    found = check(Source(text, 'f'), 'apache').diagnostics
    assert [one.place[:5] for one in found] == [('f', 8, 3, 8, 9)]
    lines = text.split('\n')
    origins = tuple(LineOrigin('p', 20 + at, 4, f'    {line}') for at, line in enumerate(lines))
    found = check(Source(text, 'f', origins), 'apache').diagnostics
    assert [one.place[:5] for one in found] == [('p', 27, 7, 27, 13)]


def test_a_fault_that_the_server_notices_in_a_macro_is_noticed_where_that_is_used() -> None:
    text = '<Macro m $a>\n<IfDefine $a>\n</Macro>\n<VirtualHost *:80>\nUse m a\n</VirtualHost>\n'
    (found,) = check(Source(text, 'f'), 'apache').diagnostics
    assert (found.place.line, found.related[-1].place.line) == (6, 5)
    if asked('apache', text).outcome is Outcome.REFUSED:
        assert asked('apache', text).line == 5


def test_what_a_macro_of_another_file_may_open_or_close_is_not_told() -> None:
    assert lines_told('Use Host glance\n</VirtualHost>\n') == []
    assert lines_told('<VirtualHost *:80>\nUse End\n') == []
    assert lines_told('Use Host glance\n<VirtualHost *:80>\n') == [2]
    macro = '<Macro m>\n# nothing\n</Macro>\nUse m\n'
    assert lines_told(f'{macro}</VirtualHost>\n') == [5]


def test_an_argument_that_would_go_on_in_the_macro_is_left_alone() -> None:
    assert lines_told('<Macro m $a>\nAlias /$a /usr\n</Macro>\nUse m \\\\\n') == []


INNER = '<Macro m $a>\n<Macro n_$a $b>\nServer$b x\n</Macro>\n</Macro>\n'
OTHER = '<Macro n_x $b>\nServerName $b\n</Macro>\n'
UNDEFINING = '<Macro u $a>\nUndefMacro $a\n</Macro>\n'


@pytest.mark.parametrize(
    ('text', 'told'),
    [
        (f'{INNER}Use m x\nUse n_x Name\n', []),
        (f'{INNER}Use m x\nUse n_x Nam\n', [(7, 3)]),
        (f'{INNER}Use n_x Nam\n', []),  # of another file, here
        (f'{INNER}Use m x\nUse m y\nUse n_y Nam\nUse n_x Nom\n', [(8, 3), (9, 3)]),
        (f'{OTHER}{INNER}Use n_x Nam\nUse m x\nUse n_x Nam\n', [(11, 6)]),
        (f'{OTHER}{UNDEFINING}Use n_x a:b\nUse u n_x\nUse n_x c:d\n', [(7, 2)]),
        (f'{INNER}<Macro o>\nUse m x\nUse n_x Nam\n</Macro>\nUse o\n', [(10, 3)]),
    ],
)
def test_a_macro_that_defines_another_is_read_before_what_uses_that(
    text: str, told: list[tuple[int, int]]
) -> None:
    found = check(Source(text, 'f'), 'apache', 'server').diagnostics
    assert [(one.place.line, one.related[0].place.line) for one in found] == told
    assert {one.related[0].place.path for one in found} <= {'f'}
    require_engine('apache')
    refused = ask(check(Source(text, 'f'), 'apache', 'server').document)
    assert (refused.status != 0) == bool(told) or 'undefined' in refused.output
    if told and 'undefined' not in refused.output:
        assert f'used on line {told[0][0]} of' in refused.output


def test_there_is_a_bound_to_what_is_put_in() -> None:
    line = f'Nosuch{"x" * 994}\n'  # with its end a thousandth of a million
    macro = f'<Macro m>\n{line * 1000}</Macro>\n'
    assert lines_told(macro + 'Use m\n') == []
    macro = f'<Macro m $a>\n{line * 100}$a\n</Macro>\n'
    used = macro + ''.join(f'Use m No{number}\n' for number in range(9))
    assert len(lines_told(used)) == MOST // 100_000 + 100
