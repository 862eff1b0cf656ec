"""configcheck check: paths in, findings and an exit status out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from glance_docs_ext.cli import main
from tests.checking import BAD_INI, CLEAN_INI, PAIR, found, write

pytestmark = pytest.mark.usefixtures('working_folder')


def test_a_clean_file_gives_0_and_says_what_was_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(['check', write('app.ini', CLEAN_INI)]) == 0
    assert capsys.readouterr() == ('no findings (1 block in 1 file)\n', '')


def test_a_fault_gives_1_and_is_shown_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['check', write('app.ini', BAD_INI)]) == 1
    out, err = capsys.readouterr()
    assert err == ''
    first, *rest = out.splitlines()
    assert first.startswith('app.ini:3:1: error: CFG201 ')
    assert first.endswith(' [unknown-name]')
    assert rest[1:3] == ['3 | proceses = 4', '  | ^~~~~~~~']
    assert rest[-1] == '1 error (1 block in 1 file)'


def test_an_info_is_shown_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = PAIR.replace('http-socket', 'uwsgi-socket') + '   ProxyPreserveHost On\n'
    arguments = ['check', write('page.rst', text), '--select', 'DEP401']
    assert main(arguments) == 0
    assert ' info: DEP401 ' in capsys.readouterr().out


def test_the_blocks_of_a_page_are_read_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert 'page.rst:11:16 DEP601' in found(capsys, write('page.rst', PAIR))


def test_the_blocks_of_two_pages_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = PAIR.split('.. code-block:: apache')
    write('one.rst', first)
    write('two.rst', f'.. code-block:: apache{second}')
    assert not any('DEP601' in item for item in found(capsys, 'one.rst', 'two.rst'))
    assert any('DEP601' in item for item in found(capsys, 'one.rst', 'two.rst', '--deployment'))


def test_several_files_are_one_deployment_if_one_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('glance.ini', '[uwsgi]\nhttp-socket = 127.0.0.1:60999\n')
    write(
        'glance.conf', '<VirtualHost *:80>\nProxyPass / uwsgi://127.0.0.1:60999/\n</VirtualHost>\n'
    )
    assert not any('DEP601' in item for item in found(capsys, 'glance.ini', 'glance.conf'))
    together = found(capsys, 'glance.ini', 'glance.conf', '--deployment')
    assert 'glance.conf:2:13 DEP601' in together


def test_the_server_and_the_place_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    write('site', 'server {\n  lisen 80;\n}\n')
    assert found(capsys, 'site', '--engine', 'nginx') == ['site:2:3 CFG201']
    assert found(capsys, 'site', '--engine', 'nginx', '--context', 'location') == [
        'site:1:1 CFG202',
        'site:2:3 CFG201',
    ]


@pytest.mark.parametrize(
    ('arguments', 'words'),
    [
        (['missing.ini'], 'cannot read missing.ini: No such file or directory'),
        (['-'], 'standard input has no name that tells the server: say --engine'),
        (['strange.xyz'], 'strange.xyz: the name does not tell what it is: say --engine'),
        (['a.ini', '--context', 'vhost'], '--context needs --engine'),
        (
            ['a.ini', '--engine', 'uwsgi', '--context', 'vhost'],
            "uwsgi has no context 'vhost'; expected one of: file, section",
        ),
        (['a.ini', '--baseline', 'missing.json'], 'cannot read the baseline missing.json'),
        (['a.ini', '--output', 'missing/report'], 'cannot write missing/report'),
    ],
)
def test_wrong_usage_gives_2_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    write('a.ini', CLEAN_INI)
    write('strange.xyz', 'x')
    assert main(['check', *arguments]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.startswith('configcheck: ')
    assert err.count('\n') == 1


@pytest.mark.parametrize(
    ('arguments', 'words'),
    [
        (['a.ini', '--engine', 'lighttpd'], "invalid choice: 'lighttpd'"),
        (['a.ini', '--select', 'CFG201,XYZ'], "no rule has a code that begins with 'XYZ'"),
        (['a.ini', '--ignore', 'nonsense'], "no rule has a code that begins with 'NONSENSE'"),
        (['a.ini', '--format', 'xml'], "invalid choice: 'xml'"),
        ([], 'the following arguments are required: PATH'),
    ],
)
def test_a_command_line_that_cannot_be_meant_ends_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(['check', *arguments])
    assert end.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ('options', 'codes'),
    [
        ([], {'CFG201', 'CFG203'}),
        (['--select', 'CFG201'], {'CFG201'}),
        (['--select', 'cfg2'], {'CFG201', 'CFG203'}),
        (['--select', 'UWS,DEP'], set()),
        (['--ignore', 'CFG201'], {'CFG203'}),
        (['--ignore', 'CFG, UWS'], set()),
        (['--select', 'CFG', '--ignore', 'CFG203'], {'CFG201'}),
    ],
)
def test_codes_and_their_beginnings_choose_what_is_reported(
    capsys: pytest.CaptureFixture[str], options: list[str], codes: set[str]
) -> None:
    write('a.conf', '<VirtualHost *:80>\nProxyPas /\nDocumentRoot /a /b\n</VirtualHost>\n')
    assert {item.split()[1] for item in found(capsys, 'a.conf', *options)} == codes
    assert main(['check', 'a.conf', *options]) == (1 if codes else 0)


def test_a_finding_that_a_block_expects_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    page = '.. config-block:: nginx\n   :expect: {}\n\n   lisen 80;\n'
    assert found(capsys, write('a.rst', page.format('CFG201'))) == []
    assert found(capsys, write('a.rst', page.format('CFG201 CFG203'))) == ['a.rst:2:5 CFG601']
    assert found(capsys, write('a.rst', page.format('CFG203'))) == [
        'a.rst:2:5 CFG601',
        'a.rst:4:4 CFG201',
    ]


def test_unchecked_blocks_are_listed_with_their_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('a.rst', '.. config-block:: nginx\n   :unchecked: it is ours\n\n   lisen 80;\n')
    assert main(['check', 'a.rst']) == 0
    assert capsys.readouterr().out == (
        'a.rst:4:4: not checked: it is ours\nno findings (1 block in 1 file)\n'
    )


@pytest.mark.parametrize('name', ['json', 'github', 'sarif'])
def test_a_program_gets_the_report_and_nothing_else(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(['check', write('a.ini', BAD_INI), '--format', name]) == 1
    out, err = capsys.readouterr()
    assert err == ''
    assert 'CFG201' in out
    if name == 'github':
        assert all(line.startswith('::') for line in out.splitlines())
    else:
        json.loads(out)


@pytest.mark.parametrize('name', ['text', 'json', 'github', 'sarif'])
def test_a_report_goes_to_a_file_and_the_summary_to_the_terminal(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments = ['check', write('a.ini', BAD_INI), '--format', name, '--output', 'report']
    assert main(arguments) == 1
    assert capsys.readouterr() == ('1 error (1 block in 1 file)\n', '')
    assert 'CFG201' in Path('report').read_text(encoding='utf-8')


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ('variables', 'coloured'),
    [
        ({}, True),
        ({'NO_COLOR': ''}, True),
        ({'NO_COLOR': '1'}, False),
        ({'TERM': 'dumb'}, False),
    ],
)
def test_a_terminal_gets_colours_unless_its_owner_says_no(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name, value in {'TERM': 'xterm', **variables}.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr('sys.stdout', terminal)
    assert main(['check', write('a.ini', BAD_INI)]) == 1
    assert ('\x1b[' in terminal.getvalue()) is coloured


def test_what_is_no_terminal_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    main(['check', write('a.ini', BAD_INI)])
    assert '\x1b' not in capsys.readouterr().out


def test_the_json_of_a_pair_names_both_places(capsys: pytest.CaptureFixture[str]) -> None:
    write('page.rst', PAIR)
    main(['check', 'page.rst', '--format', 'json', '--select', 'DEP601'])
    (item,) = json.loads(capsys.readouterr().out)
    (related,) = item['related']
    assert (related['path'], related['line']) == ('page.rst', 7)
