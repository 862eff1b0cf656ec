"""The command as a process: without Sphinx, with a reader that goes away, in pre-commit."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from glance_docs_ext import cli
from tests.commands import python

REPOSITORY = Path(__file__).parent.parent
PATIENCE = 600  # seconds; a busy machine is no fault
BAD_INI = '[uwsgi]\nproceses = 4\n'

WITHOUT_SPHINX = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in {'sphinx', 'docutils', 'pygments', 'myst_parser'}:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)

sys.meta_path.insert(0, Missing())
from glance_docs_ext.cli import main
sys.exit(main(sys.argv[1:]))
"""

# A shell that runs tests in the background has its children ignore Ctrl-C.
MINDS_CONTROL_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from glance_docs_ext.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str, folder: Path, code: str = '') -> subprocess.CompletedProcess[str]:
    start = ['-c', code] if code else ['-m', 'glance_docs_ext']
    return python(*start, *arguments, folder=folder)


def test_the_package_runs_as_a_module(tmp_path: Path) -> None:
    (tmp_path / 'app.ini').write_text(BAD_INI)
    done = run('check', 'app.ini', folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith('app.ini:2:1: error: CFG201 ')
    assert done.stderr == ''


@pytest.mark.parametrize('name', ['page.rst', 'page.md', 'app.ini'])
def test_pages_and_files_are_checked_where_sphinx_is_not_installed(
    tmp_path: Path, name: str
) -> None:
    text = {
        'page.rst': '.. code-block:: ini\n\n   [uwsgi]\n   proceses = 4\n',
        'page.md': '```ini\n[uwsgi]\nproceses = 4\n```\n',
        'app.ini': BAD_INI,
    }[name]
    (tmp_path / name).write_text(text)
    done = run('check', name, folder=tmp_path, code=WITHOUT_SPHINX)
    assert done.stderr == ''
    assert (done.returncode, 'CFG201' in done.stdout) == (1, True)


def test_rules_are_explained_where_sphinx_is_not_installed(tmp_path: Path) -> None:
    done = run('explain', 'CFG201', folder=tmp_path, code=WITHOUT_SPHINX)
    assert (done.returncode, done.stderr) == (0, '')


def test_standard_input_is_read_from_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, '-m', 'glance_docs_ext', 'check', '-', '--engine', 'uwsgi'],
        cwd=tmp_path,
        input=b'[uwsgi]\r\nproceses = \xff\r\n',
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b'<stdin>:2:1: error: CFG201 ')
    assert done.stderr == b''


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / 'app.ini').write_text('[uwsgi]\n' + 'proceses = 4\n' * 20_000)
    with subprocess.Popen(
        [sys.executable, '-m', 'glance_docs_ext', 'check', 'app.ini'],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b''
        assert process.wait(PATIENCE) == cli.BROKEN_PIPE


def test_control_c_ends_it_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, '-c', MINDS_CONTROL_C, 'check', '-', '--engine', 'uwsgi'],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(b'[uwsgi]\n' * 100_000)  # more than a pipe holds: it is reading now
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (cli.INTERRUPTED, b'', b'')


def test_an_old_terminal_gets_what_it_can_show(tmp_path: Path) -> None:
    (tmp_path / 'app.ini').write_text('[uwsgi]\nproceses = \N{SNOWMAN}\n', encoding='utf-8')
    done = subprocess.run(
        [sys.executable, '-m', 'glance_docs_ext', 'check', 'app.ini'],
        cwd=tmp_path,
        env={'PYTHONIOENCODING': 'ascii', 'PATH': ''},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b'')
    assert b'\\u2603' in done.stdout


def hook() -> dict[str, str]:
    """Return the fields of our one hook, whose file is plain enough to be read as lines."""
    text = (REPOSITORY / '.pre-commit-hooks.yaml').read_text(encoding='utf-8')
    return dict(re.findall(r'^(?:- |  )(\w+): (.*)$', text, re.MULTILINE))


def test_the_hook_runs_the_command_on_the_files_of_a_commit(tmp_path: Path) -> None:
    program, *arguments = shlex.split(hook()['entry'])
    assert program == 'configcheck'
    for name, text in {'a.ini': BAD_INI, 'tox.ini': '[tox]\n', 'README.rst': 'Text\n'}.items():
        (tmp_path / name).write_text(text)
    done = run(*arguments, 'a.ini', 'tox.ini', 'README.rst', folder=tmp_path)
    assert done.returncode == 1
    assert 'a.ini:2:1: error: CFG201' in done.stdout
    assert run(*arguments, 'tox.ini', 'README.rst', folder=tmp_path).returncode == 0


def test_the_hook_asks_for_no_type_that_pre_commit_does_not_give_such_files() -> None:
    """Of a ``.conf`` and a ``.htaccess`` it knows that they are text."""
    assert 'types_or' not in hook()
    assert hook()['types'] == '[text]'


@pytest.mark.parametrize(
    ('name', 'wanted'),
    [
        ('docs/a.rst', True),
        ('README.md', True),
        ('etc/app.ini', True),
        ('etc/site.conf', True),
        ('www/.htaccess', True),
        ('a.py', False),
        ('a.rst.j2', False),
    ],
)
def test_the_hook_is_given_pages_and_configuration_only(name: str, wanted: bool) -> None:
    assert bool(re.search(hook()['files'], name)) is wanted
