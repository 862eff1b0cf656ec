"""configcheck check: which files it reads, and as what."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glance_docs_ext.cli import main
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.pipes import PATIENCE
from tests.checking import BAD_INI, found, stdin, write

pytestmark = pytest.mark.usefixtures('working_folder')


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


def test_what_is_none_of_uwsgis_is_not_said_to_be_what_it_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write('policy.json', '{"admin": "role:admin"}\n')
    assert main(['check', 'policy.json']) == 2
    assert capsys.readouterr().err == 'configcheck: policy.json: JSON is not checked\n'
    assert main(['check', 'policy.json', '--engine', 'uwsgi']) == 2
    assert 'of what uWSGI reads only ini is' in capsys.readouterr().err


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
