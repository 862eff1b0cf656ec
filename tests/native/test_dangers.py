"""Every way known to make an engine act while it only checks: withheld, and without effect."""

from __future__ import annotations

import pwd
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.native import apache, nginx, sandbox, uwsgi, verdict
from glance_docs_ext.native.sandbox import USERS
from glance_docs_ext.native.verdicts import Outcome
from tests.asked import parsed, require_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glance_docs_ext.native.sandbox import Run
    from glance_docs_ext.syntax import Document

SECRET = 'a-secret-of-this-machine'
ASK: dict[str, Callable[[Document], Run]] = {
    'apache': apache.ask,
    'nginx': nginx.ask,
    'uwsgi': uwsgi.ask,
}
LIBRARY = {
    'apache': '/usr/lib/apache2/modules/mod_echo.so',
    'nginx': '/usr/lib/nginx/modules/ngx_stream_module.so',
    'uwsgi': '/usr/lib/uwsgi/plugins/echo_plugin.so',
}

# {place} is a folder of this machine with the files evil.so, fifo and secret; {port} a port that
# somebody listens on, {pid} a process; each text acts if it is given to a bare engine.
DANGERS = {
    'apache': [
        'LoadModule evil_module {place}/evil.so',
        'LoadFile {place}/evil.so',
        '<IfModule mod_ssl.c>\nLoadFile {place}/evil.so\n</IfModule>',
        'Include {place}/secret',
        'Include {place}/fifo',
        'Include {place}',
        'Include /dev/zero',
        'Include /dev/stdin',
        'Include /etc/shadow',
        'Include /proc/1/environ',
        'Include /proc/self/environ',
        'ServerRoot {place}\nInclude secret',
        '"Include" {place}/secret',
        'Inc\\\nlude {place}/secret',
        'Define name Include\n${{name}} {place}/secret',
        '<Macro read $what>\n$what {place}/secret\n</Macro>\nUse read Include',
        '<Macro read what>\nwhat {place}/secret\n</Macro>\nUse read Include',
        '<Macro read X>\nInXude {place}/secret\n</Macro>\nUse read cl',
        '<Mac\\\nro read $what>\n$what {place}/secret\n</Macro>\nUse read Include',
        '<Macro a $p>\n<Macro b $p>\nxyz {place}/secret\n</Macro>\n</Macro>\nUse a xyz\nUse b Load',
        'Define p xyz\n<Macro read ${{p}}>\nxyz {place}/secret\n</Macro>\nUse read Include',
        'Error "${{CONFIGCHECK_SECRET}}"',
        'Bogus${{CONFIGCHECK_SECRET}} x',
        '<IfFile {place}/secret>\nError found\n</IfFile>',
        'Lua_____ByteCodeHack x',
        'LuaHookFixups {place}/secret x',
        '<Location />\nAuthLDAPBindPassword "exec:/usr/bin/touch {place}/written"\n</Location>',
        '<Location />\nSessionCryptoPassphrase exec:{place}/secret\n</Location>',
        '<Location />\nAuthLDAPBindPassword "ex\\\nec:/usr/bin/touch {place}/written"\n</Location>',
        'Define e exec\n<Location />\nAuthLDAPBindPassword ${{e}}:{place}/secret\n</Location>',
        '<Macro ask xY>\nAuthLDAPBindPassword exYc:{place}/secret\n</Macro>\nUse ask xe',
    ],
    'nginx': [
        'load_module {place}/evil.so;',
        'include {place}/secret;',
        'include /etc/shadow;',
        'include {place}/*;',
        '"include" {place}/secret;',
        "'include' /proc/self/environ;",
        'http {{ map $uri $x {{ include {place}/secret; }} }}',
        'http {{ types {{ include {place}/secret; }} }}',
        'ssl_engine {place}/evil.so;',
        'ssl_certificate_key "engine:{place}/evil.so:key";',
        'http {{ server {{ proxy_ssl_certificate_key engine:{place}/evil.so:key; }} }}',
    ],
    'uwsgi': [
        'exec-asap = touch {place}/written',
        'hook-as-user-atexit = exec:touch {place}/written',
        'exec-as-user-atexit = touch {place}/written',
        'hook-asap = exec:touch {place}/written',
        'hook-asap = write:{place}/written x',
        'env = A=@(exec://touch {place}/written)',
        'env = A=@({place}/secret)',
        'env = A=@%y(exec://touch {place}/written)',
        'env = A=@%\n({place}/secret)',
        'env = A=@%5(exec://touch {place}/written)',
        'for = %5({place}/secret)\nchmod-socket = @%(_)\nendfor =',
        'exec%5-asap = touch {place}/written',
        'set = exec%5-asap=touch {place}/written',
        'ini%5 = {place}/secret',
        'stop%5 = {place}/pid',
        'for = @\nchmod-socket = %(_)({place}/secret)\nendfor =',
        'for = ({place}/secret)\nchmod-socket = @%(_)\nendfor =',
        'set-ph = a=(x)\nfor = a@ b\nchmod-socket = %(_)%(a)\nendfor =',
        'ini = exec://touch {place}/written',
        'ini = {place}/secret',
        'include = {place}/secret',
        'inherit = {place}/secret',
        'set = include={place}/secret',
        'set = set=ini={place}/secret',
        'set = for-readline={place}/secret\nprint = %(_)\nendfor =',
        'set = exec-asap=touch {place}/written',
        'for = include\nset = %(_)={place}/secret\nendfor =',
        'for = ' + 'env ' * 64 + 'include\nset = %(_)={place}/secret\nendfor =',
        'dlopen = {place}/evil.so',
        'plugins = {place}/evil.so',
        'plugin = %(where)/evil.so\nset-ph = where={place}',
        'plugins-dir = {place}\nplugins = evil',
        'print = @({place}/secret)',
        'print = @(/etc/shadow)',
        'for-readline = {place}/secret\nprint = %(_)\nendfor =',
        'extract = {place}/secret',
        'exec-asap = kill -9 {pid}',
        'stop = {place}/pid',
        'reload = {place}/pid',
        'pause = {place}/pid',
        'signal = {place}/pid',
        'spooler = {place}/written',
        'connect-and-read = 127.0.0.1:{port}',
        'resolve = a=localhost',
        'ini = http://127.0.0.1:{port}/x',
        'flock = {place}/secret',
        'immediate-uid = 0\nexec-asap = touch {place}/written',
        'mount-asap = tmpfs none {place}',
        'build-plugin = {place}',
        'declare-option = evil=exec-asap=touch $1\nevil = {place}/written',
        'end-blacklist = 1\nexec-asap = touch {place}/written',
        'env = A=100%\nexec-asap = x\nexec-asap = touch {place}/written',
        'exit = 0',
        'help =',
        'version =',
    ],
}
CASES = [
    pytest.param(engine, text, id=f'{engine}: {text}')
    for engine, texts in DANGERS.items()
    for text in texts
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with what a dangerous text is after."""
    tmp_path.chmod(0o777)
    (tmp_path / 'secret').write_text(f'{SECRET}\n')
    subprocess.run(['mkfifo', str(tmp_path / 'fifo')], check=True)
    return tmp_path


@pytest.fixture
def foreign(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that has nothing to do with the engines."""
    with subprocess.Popen(['/bin/sleep', '3600']) as process:
        (place / 'pid').write_text(f'{process.pid}\n')
        yield process
        process.kill()


@pytest.mark.parametrize(('engine', 'text'), CASES)
def test_it_is_not_given_to_the_engine(
    engine: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_document: Document) -> Run:
        raise AssertionError('the engine was asked')

    for module in (apache, nginx, uwsgi):
        monkeypatch.setattr(module, 'ask', never)
    text = text.format(place='/srv/place', port=1, pid=2)
    found = verdict(parsed(engine, text))
    assert found.outcome is Outcome.WITHHELD
    assert found.message
    assert found.line is not None


@pytest.mark.parametrize(('engine', 'text'), CASES)
def test_it_has_no_effect_if_it_is_given_to_the_engine_all_the_same(
    engine: str,
    text: str,
    place: Path,
    foreign: subprocess.Popen[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    require_engine(engine)
    shutil.copy(LIBRARY[engine], place / 'evil.so')
    monkeypatch.setenv('CONFIGCHECK_SECRET', SECRET)
    # uWSGI waits without end for what a command writes that it was not let start.
    monkeypatch.setattr(sandbox, 'SECONDS', 10.0)
    before = sorted(place.iterdir())
    with socket.create_server(('127.0.0.1', 0)) as server:
        port = server.getsockname()[1]
        run = ASK[engine](parsed(engine, text.format(place=place, port=port, pid=foreign.pid)))
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()
    assert SECRET not in run.output
    assert 'root:$' not in run.output
    assert 'root:*' not in run.output
    assert sorted(place.iterdir()) == before
    assert (place / 'secret').read_text() == f'{SECRET}\n'
    assert foreign.poll() is None
    assert not Path('/srv/place').exists()


@pytest.mark.parametrize(
    'text',
    [
        'ErrorLog "|/usr/bin/touch {place}/written"',
        'CustomLog "|/usr/bin/touch {place}/written" x',
        'RewriteMap x "prg:/usr/bin/touch {place}/written"',
        'SSLPassPhraseDialog "exec:/usr/bin/touch {place}/written"',
        'MDMessageCmd /usr/bin/touch {place}/written',
        'WSGIImportScript {place}/script.wsgi process-group=a application-group=b',
        'PidFile {place}/written',
        'Mutex file:{place} default',
        'MDStoreDir {place}/written',
    ],
)
def test_what_apache_would_do_when_it_starts_is_not_done(place: Path, text: str) -> None:
    require_engine('apache')
    (place / 'script.wsgi').write_text(f'open({str(place / "written")!r}, "w")\n')
    before = sorted(place.iterdir())
    found = verdict(parsed('apache', f'{text.format(place=place)}\nTimeout\n'))
    # It reads on to the fault, or misses the file that it would use.
    assert (found.outcome, found.line) in {(Outcome.REFUSED, 2), (Outcome.HOST, 1)}
    assert sorted(place.iterdir()) == before


@pytest.mark.parametrize(
    ('text', 'there', 'not_there'),
    [
        ('SSLCertificateFile {}', '{place}/secret', '{place}/none'),
        ('DocumentRoot {}', '{place}', '{place}/none'),
        ('User {}', '{user}', 'no-such-user-of-any-machine'),
        ('<IfFile {}>\nBogus x\n</IfFile>', '{place}/secret', '{place}/none'),
    ],
)
def test_what_apache_says_does_not_tell_what_this_machine_has(
    place: Path, text: str, there: str, not_there: str
) -> None:
    require_engine('apache')
    user = next(one.pw_name for one in pwd.getpwall() if one.pw_name not in {*USERS, 'nobody'})
    said = []
    for name in (there, not_there):
        word = name.format(place=place, user=user)
        found = verdict(parsed('apache', text.format(word)))
        said.append((found.outcome, found.line, found.message.replace(word, '')))
    assert said[0] == said[1]


@pytest.mark.parametrize('text', ['Listen {}:80', '<VirtualHost {}:80>\n</VirtualHost>'])
def test_no_name_of_a_host_is_asked_for(text: str) -> None:
    """This machine knows the name, and the sandbox has neither its files nor a network."""
    require_engine('apache')
    name = socket.gethostname()
    run = apache.ask(parsed('apache', text.format(name)))
    other = apache.ask(parsed('apache', text.format('nowhere.invalid')))
    told = [one.output.count('name resolution') for one in (run, other)]
    assert told == [1, 1], (run, other)


def test_a_doubling_variable_ends() -> None:
    require_engine('apache')
    lines = [
        'Define a0 ' + 'x' * 99,
        *(f'Define a{n} ${{a{n - 1}}}${{a{n - 1}}}' for n in range(1, 40)),
    ]
    run = apache.ask(parsed('apache', '\n'.join([*lines, 'ServerAdmin ${a39}', ''])))
    assert run.stopped or run.status != 0


def test_a_macro_bomb_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    require_engine('apache')
    monkeypatch.setattr(sandbox, 'SECONDS', 5.0)
    lines = ['<Macro m0>', 'Timeout 1', '</Macro>']
    for n in range(1, 30):
        lines += [f'<Macro m{n}>', f'Use m{n - 1}', f'Use m{n - 1}', '</Macro>']
    found = verdict(parsed('apache', '\n'.join([*lines, 'Use m29'])))
    assert found.outcome is Outcome.FAILED
    assert found.message
