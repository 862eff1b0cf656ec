"""configcheck check: paths in, findings and an exit status out."""

from __future__ import annotations

import io
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from glance_docs_ext.cli import main
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.pipes import PATIENCE

CLEAN_INI = '[uwsgi]\nmaster = true\nprocesses = 4\n'
BAD_INI = '[uwsgi]\nmaster = true\nproceses = 4\n'
PAIR = (
    'Page\n====\n\n.. code-block:: ini\n\n   [uwsgi]\n   http-socket = 127.0.0.1:60999\n\n'
    '.. code-block:: apache\n\n   ProxyPass / uwsgi://127.0.0.1:60999/\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, without the colours and wishes of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv('NO_COLOR', raising=False)
    return tmp_path


def write(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the findings of a run as ``path:line:column code``."""
    capsys.readouterr()
    main(['check', '--format', 'json', *arguments])
    return [
        f'{item["path"]}:{item["line"]}:{item["column"]} {item["code"]}'
        for item in json.loads(capsys.readouterr().out)
    ]


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr('sys.stdin', SimpleNamespace(buffer=io.BytesIO(text.encode())))


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


@pytest.mark.parametrize(
    ('name', 'text', 'finding'),
    [
        ('a.ini', BAD_INI, 'a.ini:3:1 CFG201'),
        ('a.conf', '<VirtualHost *:80>\n  ProxyPas /\n</VirtualHost>\n', 'a.conf:2:3 CFG201'),
        ('a.conf', 'server {\n  listen 80;\n  lisen 80;\n}\n', 'a.conf:3:3 CFG201'),
        ('.htaccess', 'Listen 80\n', '.htaccess:1:1 CFG202'),
        ('nginx.conf', 'events {}\nhttp {}\nlisten 80;\n', 'nginx.conf:3:1 CFG202'),
        ('a.rst', '.. code-block:: nginx\n\n   lisen 80;\n', 'a.rst:3:4 CFG201'),
        ('a.txt', '.. code-block:: nginx\n\n   lisen 80;\n', 'a.txt:3:4 CFG201'),
        ('a.md', '```nginx\nlisen 80;\n```\n', 'a.md:2:1 CFG201'),
    ],
)
def test_the_name_and_the_content_of_a_file_tell_who_reads_it(
    capsys: pytest.CaptureFixture[str], name: str, text: str, finding: str
) -> None:
    assert found(capsys, write(name, text)) == [finding]


SLAPD = (
    'include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/nis.schema\n'
    'allow bind_v2\npassword-hash {CRYPT}\nloglevel 256\nmoduleload back_mdb\n'
    'database mdb\nsuffix "dc=example,dc=com"\nrootdn cn=admin,dc=example,dc=com\n'
    'access to *\n  by self write\nindex uid eq\nindex cn eq\nindex mail eq\n'
)
CUPSD = (
    'Listen localhost:631\nTimeout 300\nPageLogFormat\n<Location />\n  Order allow,deny\n'
    '</Location>\n<Policy default>\n  <Limit Send-Document>\n    Require user @OWNER\n'
    '  </Limit>\n</Policy>\n'
)


@pytest.mark.parametrize(('name', 'text'), [('slapd.conf', SLAPD), ('cupsd.conf', CUPSD)])
def test_a_file_of_another_program_is_left_out_of_a_folder(
    capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    write(f'etc/{name}', text)
    write('etc/ours.conf', 'server {\n  listen 80\n}\n')
    assert found(capsys, 'etc') == ['etc/ours.conf:2:12 NGX101']


def test_a_file_that_only_shares_words_with_nginx_is_said_to_be_nobodys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write('ntp.conf', 'driftfile /var/lib/ntp/drift\nserver ntp.example.com\n')
    assert main(['check', path]) == 0
    written = capsys.readouterr()
    assert 'no findings (0 blocks in 0 files)' in written.out
    assert f'{path} is not checked: it does not look like Apache or nginx' in written.err


def test_what_nginx_includes_may_stand_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, write('conf.d/glance.conf', 'server {\n  listen 80;\n}\n')) == []
    assert found(capsys, write('snippets/proxy.conf', 'proxy_pass http://127.0.0.1;\n')) == []


def test_a_file_of_apache_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    text = 'ServerName a\nListen 80\nRequire all granted\n'
    assert found(capsys, write('a.conf', text), '--engine', 'apache') == ['a.conf:3:1 CFG202']


def test_the_server_and_the_place_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    write('site', 'server {\n  lisen 80;\n}\n')
    assert found(capsys, 'site', '--engine', 'nginx') == ['site:2:3 CFG201']
    assert found(capsys, 'site', '--engine', 'nginx', '--context', 'location') == [
        'site:1:1 CFG202',
        'site:2:3 CFG201',
    ]


def test_standard_input_is_read_with_an_engine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, BAD_INI)
    assert found(capsys, '-', '--engine', 'uwsgi') == ['<stdin>:3:1 CFG201']


def test_a_folder_is_searched_in_order_and_what_is_hidden_is_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ('b/z.ini', 'b/a.ini', 'a.ini', 'c/d/e.ini', '.hidden/x.ini', 'b/.x.ini'):
        write(f'tree/{name}', BAD_INI)
    write('tree/tox.ini', '[tox]\nenv = x\n')
    write('tree/oslo.conf', '[DEFAULT]\ndebug = true\n')
    write('tree/data.json', '{}')
    write('tree/b/.htaccess', 'Listen 80\n')
    assert found(capsys, 'tree') == [
        'tree/a.ini:3:1 CFG201',
        'tree/b/.htaccess:1:1 CFG202',
        'tree/b/a.ini:3:1 CFG201',
        'tree/b/z.ini:3:1 CFG201',
        'tree/c/d/e.ini:3:1 CFG201',
    ]
    assert main(['check', 'tree']) == 1
    out, err = capsys.readouterr()
    assert err == ''
    assert out.endswith('(5 blocks in 5 files)\n')


def test_a_server_that_is_asked_for_reads_its_own_files_of_a_folder_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('tree/a.conf', 'lisen 80;\n')
    write('tree/tox.ini', '[tox]\n')
    assert found(capsys, 'tree', '--engine', 'nginx') == ['tree/a.conf:1:1 CFG201']


def test_this_folder_is_told_without_a_dot_in_front(capsys: pytest.CaptureFixture[str]) -> None:
    write('a.ini', BAD_INI)
    assert found(capsys, '.') == ['a.ini:3:1 CFG201']


def test_a_file_that_is_named_twice_is_checked_once(capsys: pytest.CaptureFixture[str]) -> None:
    write('docs/a.ini', BAD_INI)
    assert len(found(capsys, 'docs', 'docs/a.ini', './docs/a.ini')) == 1


def test_a_named_file_that_is_none_of_a_servers_is_passed_over_and_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('tox.ini', '[tox]\nenv = x\n')
    write('oslo.conf', '[DEFAULT]\ndebug = true\n')
    assert main(['check', 'tox.ini', 'oslo.conf']) == 0
    assert capsys.readouterr().err == (
        'configcheck: tox.ini is not checked: it does not look like uWSGI; if it is, say --engine\n'
        'configcheck: oslo.conf is not checked: it does not look like Apache or nginx; '
        'if it is, say --engine\n'
    )


@pytest.mark.parametrize(
    ('names', 'told'),
    [
        (['a.conf'], 'etc/a.conf is not checked: it does'),
        (['a.conf', 'b.conf'], 'etc/a.conf and etc/b.conf are not checked: they do'),
        (
            list('abcd'),
            'etc/a.conf, etc/b.conf, etc/c.conf and 1 more file are not checked: they do',
        ),
        (list('abcde'), 'etc/a.conf, etc/b.conf, etc/c.conf and 2 more files are not'),
    ],
)
@pytest.mark.parametrize('form', ['text', 'json', 'sarif', 'github'])
def test_a_folder_of_files_that_are_nobodys_is_told(
    capsys: pytest.CaptureFixture[str], names: list[str], told: str, form: str
) -> None:
    for name in names:
        write(f'etc/{name.removesuffix(".conf")}.conf', '[DEFAULT]\ndebug = true\n')
    assert main(['check', 'etc', '--format', form]) == 0
    written = capsys.readouterr()
    assert written.err.startswith(f'configcheck: {told}')
    assert written.err.endswith('say --engine\n')
    assert written.err.count('\n') == 1
    if form in {'json', 'sarif'}:
        json.loads(written.out)


def test_each_sort_of_file_that_is_nobodys_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('etc/oslo.conf', '[DEFAULT]\ndebug = true\n')
    write('etc/tox.ini', '[tox]\nenv = x\n')
    assert main(['check', 'etc']) == 0
    written = capsys.readouterr()
    assert 'no findings (0 blocks in 0 files)' in written.out
    assert written.err == (
        'configcheck: etc/oslo.conf is not checked: it does not look like Apache or nginx; '
        'if it is, say --engine\n'
        'configcheck: etc/tox.ini is not checked: it does not look like uWSGI; '
        'if it is, say --engine\n'
    )


@pytest.mark.parametrize('name', ['pipe.ini', 'pipe.rst', 'pipe.conf'])
def test_a_pipe_that_nobody_writes_to_is_not_read(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    Path('etc').mkdir()
    os.mkfifo(f'etc/{name}')
    assert main(['check', f'etc/{name}', '--engine', 'uwsgi']) == 2
    assert capsys.readouterr().err == (
        f'configcheck: cannot read etc/{name}: it is no regular file; "-" is standard input\n'
    )
    write('etc/a.ini', BAD_INI)
    assert found(capsys, 'etc') == ['etc/a.ini:3:1 CFG201']


@pytest.mark.parametrize('option', ['--baseline', '--releases'])
def test_a_pipe_that_nobody_writes_to_is_no_baseline_and_no_release_data(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    os.mkfifo('pipe.json')
    write('a.ini', BAD_INI)
    assert main(['check', 'a.ini', option, 'pipe.json']) == 2
    assert 'it is no regular file' in capsys.readouterr().err


@pytest.mark.parametrize('arguments', [[], ['--engine', 'uwsgi']])
@pytest.mark.parametrize(
    ('name', 'form'), [('a.yaml', 'YAML'), ('a.YML', 'YAML'), ('a.xml', 'XML'), ('a.json', 'JSON')]
)
def test_another_format_of_uwsgi_is_named_and_not_taken_for_ini(
    capsys: pytest.CaptureFixture[str], name: str, form: str, arguments: list[str]
) -> None:
    write(name, 'uwsgi:\n  master: true\n')
    assert main(['check', name, *arguments]) == 2
    assert capsys.readouterr().err == (
        f'configcheck: {name}: {form} is not checked; of what uWSGI reads only ini is\n'
    )


def test_what_is_written_into_a_pipe_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo('pipe.ini')
    with ThreadPoolExecutor() as other:
        other.submit(Path('pipe.ini').write_text, BAD_INI, 'utf-8')
        assert found(capsys, 'pipe.ini') == ['pipe.ini:3:1 CFG201']


def test_a_pipe_of_the_shell_is_waited_for_as_long_as_somebody_may_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reading, writing = os.pipe()

    def write_late() -> None:
        time.sleep(1.5 * PATIENCE)
        with os.fdopen(writing, 'w', encoding='utf-8') as pipe:
            pipe.write(BAD_INI)

    with ThreadPoolExecutor() as other:
        other.submit(write_late)
        path = f'/dev/fd/{reading}'
        assert found(capsys, path, '--engine', 'uwsgi') == [f'{path}:3:1 CFG201']
    os.close(reading)


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


def test_a_file_that_cannot_be_read_does_not_hide_the_findings_of_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(['check', 'missing.ini', write('a.ini', BAD_INI)]) == 2
    assert 'CFG201' in capsys.readouterr().out


def test_a_folder_that_cannot_be_read_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:  # root, who runs the tests in containers, may read all
        raise PermissionError(13, 'Permission denied', path)

    Path('closed').mkdir()
    monkeypatch.setattr('os.scandir', refuse)
    assert main(['check', 'closed']) == 2
    assert capsys.readouterr().err == 'configcheck: cannot read closed: Permission denied\n'


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


STRANGE = {
    'bytes.ini': b'[uwsgi]\nproceses = \xff\xfe\n',
    'nul.ini': b'[uwsgi]\nproceses = a\0b\n',
    'bom.ini': b'\xef\xbb\xbf[uwsgi]\nproceses = 4\n',
    'crlf.ini': b'[uwsgi]\r\nproceses = 4\r\n',
    'nul.conf': b'server {\n listen 80;\n lisen \0 80;\n}\n',
    'bytes.conf': b'<VirtualHost *>\nServerName \xff\n ProxyPas /\n</VirtualHost>\n',
    'bytes.rst': b'\xff\xfe\n\n.. code-block:: nginx\n\n   lisen \xff 80;\n',
    'bytes.md': b'\xff\n```nginx\nlisen \xff 80;\n```\n',
    'empty.ini': b'',
    'empty.rst': b'',
    'surrogate.rst': '.. code-block:: nginx\n\n   lisen \ud800;\n'.encode('utf-8', 'surrogatepass'),
}


@pytest.mark.parametrize('name', STRANGE)
@pytest.mark.parametrize('form', ['text', 'json', 'github', 'sarif'])
def test_strange_bytes_are_read_and_reported(
    capsys: pytest.CaptureFixture[str], name: str, form: str
) -> None:
    write(name, STRANGE[name])
    status = main(['check', name, '--format', form])
    out = capsys.readouterr().out
    assert status in {0, 1}
    out.encode('utf-8')
    assert '\0' not in out
    assert ('CFG201' in json.dumps(out)) == (status == 1 or form == 'sarif')


def test_a_name_of_strange_bytes_is_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b'a\xff\x1b.ini')
    write(name, BAD_INI)
    assert main(['check', name]) == 1
    assert capsys.readouterr().out.startswith('a\\udcff\\x1b.ini:3:1: error: ')


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_file_of_ten_megabytes_is_checked_in_time(
    capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    line = {
        'apache': '# a comment as long as a line often is, give or take a word\n',
        'nginx': '# a comment as long as a line often is, give or take a word\n',
        'uwsgi': '; a comment as long as a line often is, give or take a word\n',
    }[engine]
    head = '[uwsgi]\n' if engine == 'uwsgi' else ''
    write('large', head + line * (10_000_000 // len(line)))
    start = time.perf_counter()
    assert main(['check', 'large', '--engine', engine]) == 0
    assert time.perf_counter() - start < 60
    assert capsys.readouterr().out == 'no findings (1 block in 1 file)\n'


def test_the_json_of_a_pair_names_both_places(capsys: pytest.CaptureFixture[str]) -> None:
    write('page.rst', PAIR)
    main(['check', 'page.rst', '--format', 'json', '--select', 'DEP601'])
    (item,) = json.loads(capsys.readouterr().out)
    (related,) = item['related']
    assert (related['path'], related['line']) == ('page.rst', 7)
