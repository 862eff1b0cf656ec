"""The pytest plugin for pages of others: a small project in, what pytest says of it out."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.proofs import read
from glance_docs_ext.testing import leftovers as leftovers_module
from glance_docs_ext.testing.leftovers import leftovers
from glance_docs_ext.testing.servers import server_folder
from tests.commands import python
from tests.engines import require

if TYPE_CHECKING:
    import subprocess

    from glance_docs_ext.proofs import Proof

EXAMPLE = Path(__file__).parent.parent / 'examples' / 'hello'
CONFTEST = "pytest_plugins = ['glance_docs_ext.testing.plugin']\n"
TWO = """
import pytest

BLOCKS = {'app': 'master = true\\n'}


@pytest.mark.proves('one', 'pyuwsgi')
def test_it_runs(record_proof):
    record_proof('one', BLOCKS, {'uWSGI': '2.0'}, setup='pyuwsgi')


@pytest.mark.proves('one', 'pyuwsgi')
def test_it_stops(record_property):
    record_property('proved', 'it stops in time')


@pytest.mark.proves('two')
@pytest.mark.parametrize('number', [1, 2])
def test_it_counts(record_proof, number):
    record_proof('two', BLOCKS, {'uWSGI': '2.0'})


@pytest.mark.proves('two')
def test_it_has_nothing_to_prove(record_property):
    record_property('proved', '')
"""


def run_pytest(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder of its own, without our settings and the plugins installed here."""
    command = ('-m', 'pytest', '-p', 'no:cacheprovider', '--rootdir=.')
    environment['PYTEST_DISABLE_PLUGIN_AUTOLOAD'] = '1'
    return python(*command, *arguments, folder=folder, **environment)


def sphinx(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ('-m', 'sphinx', '-q', '-b', 'html', *arguments, 'docs', 'build/html')
    return python(*command, folder=folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with tests of two variants, which need no server."""
    (tmp_path / 'conftest.py').write_text(CONFTEST)
    (tmp_path / 'test_two.py').write_text(TWO)
    return tmp_path


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    """Return a copy of the example of the manual, its pages built."""
    require('apache2')
    require('uwsgi')
    folder = tmp_path / 'hello'
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns('__pycache__', 'build'))
    built = sphinx(folder)
    assert built.returncode == 0, built.stderr
    assert 'CFG602' in built.stderr  # there is no proof as yet
    return folder


RUN = ('--built-site', 'build/html', '--deployment-report', 'docs/proved.json')


def test_the_example_of_the_manual_proves_its_page_and_the_page_says_so(hello: Path) -> None:
    done = run_pytest(hello, *RUN)
    assert done.returncode == 0, done.stdout
    assert '1 new proofs in docs/proved.json' in done.stdout
    (proof,) = read((hello / 'docs/proved.json').read_text())
    assert proof.variant == 'Apache, HTTP'
    assert sorted(proof.blocks) == ['hello-apache', 'hello-application', 'hello-uwsgi']
    assert sorted(proof.versions) == ['Apache', 'uWSGI']
    assert proof.passed == ('it says hello', 'a hundred requests are answered')
    built = sphinx(hello, '-W')
    assert built.returncode == 0, built.stderr
    assert 'Proved with uWSGI 2.' in (hello / 'build/html/index.html').read_text()


def test_the_example_fails_where_its_page_is_wrong(hello: Path) -> None:
    page = hello / 'docs/index.rst'
    page.write_text(page.read_text().replace('"http://127', '"uwsgi://127'))
    sphinx(hello)
    done = run_pytest(hello, *RUN)
    assert done.returncode == 1
    assert 'What the servers wrote' in done.stdout
    assert 'not proved: Apache, HTTP: 2 of 2 tests have not passed' in done.stdout
    assert not (hello / 'docs/proved.json').exists()


def test_a_full_run_is_written_down(project: Path) -> None:
    done = run_pytest(project, '--strict-markers', '--deployment-report', 'report/proved.json')
    assert done.returncode == 0, done.stdout
    one, two = read((project / 'report/proved.json').read_text())
    assert one.key == ('one', 'pyuwsgi')
    assert one.passed == ('it runs', 'it stops in time')
    assert two.key == ('two', '')
    assert two.passed == ('it counts',)


@pytest.mark.parametrize(
    'arguments',
    [
        ('-k', 'runs or counts'),
        ('--deselect', 'test_two.py::test_it_stops'),
        ('test_two.py::test_it_runs',),
    ],
    ids=' '.join,
)
def test_a_run_of_some_tests_proves_nothing_of_their_variant(
    project: Path, arguments: tuple[str, ...]
) -> None:
    run_pytest(project, '--deployment-report', 'p.json')
    file = project / 'p.json'
    before = file.read_text().replace('20', '19')
    file.write_text(before)
    done = run_pytest(project, '--deployment-report', 'p.json', *arguments)
    assert done.returncode == 0, done.stdout
    one, two = read(file.read_text())
    assert one == read(before)[0]
    counted = arguments[0] == '--deselect'  # all tests of the other variant ran
    assert (two != read(before)[1]) == counted


def test_a_test_that_fails_leaves_the_older_proof(project: Path) -> None:
    run_pytest(project, '--deployment-report', 'p.json')
    before = (project / 'p.json').read_text()
    (project / 'test_two.py').write_text(TWO.replace("'it stops in time')", "'')\n    assert 0"))
    done = run_pytest(project, '--deployment-report', 'p.json', '-k', 'one or stops or runs')
    assert done.returncode == 1
    assert 'not proved: one (pyuwsgi): 1 of 2 tests have not passed' in done.stdout
    assert (project / 'p.json').read_text() == before


def test_a_skipped_test_has_not_passed(project: Path) -> None:
    skipping = TWO.replace("'it stops in time')", "'')\n    pytest.skip('no engine')")
    (project / 'test_two.py').write_text(skipping)
    run_pytest(project, '--deployment-report', 'p.json')
    assert [proof.variant for proof in read((project / 'p.json').read_text())] == ['two']


def test_a_report_that_is_no_report_is_told_before_anything_runs(project: Path) -> None:
    (project / 'p.json').write_text('[]')
    done = run_pytest(project, '--deployment-report', 'p.json')
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert '--deployment-report: cannot read p.json: it is no list of proofs' in done.stderr
    assert 'Traceback' not in done.stderr


@pytest.mark.parametrize('distribution', ['load', 'loadgroup'])
def test_several_processes_write_the_report_of_one(project: Path, distribution: str) -> None:
    run_pytest(project, '--deployment-report', 'one.json')
    grouped = TWO.replace('@pytest', "@pytest.mark.xdist_group('one')\n@pytest", 1)
    (project / 'test_two.py').write_text(grouped)
    xdist = ('-p', 'xdist.plugin', '-n', '2', '--dist', distribution)
    done = run_pytest(project, '--deployment-report', 'several.json', *xdist)
    assert done.returncode == 0, done.stdout
    one, several = (undated(project / f'{name}.json') for name in ('one', 'several'))
    assert several == one


def undated(file: Path) -> list[Proof]:
    """Return what a report says, whatever day it is: a run may go on beyond midnight."""
    return [replace(proof, date='') for proof in read(file.read_text())]


def test_a_process_that_crashes_proves_nothing(project: Path) -> None:
    crashing = TWO.replace("'it stops in time')", "'')\n    __import__('os')._exit(1)")
    (project / 'test_two.py').write_text(crashing)
    xdist = ('-p', 'xdist.plugin', '-n', '1', '--max-worker-restart', '0')
    done = run_pytest(project, '--deployment-report', 'p.json', *xdist)
    assert done.returncode == 1
    assert not (project / 'p.json').exists()


def test_one_variant_cannot_be_run_with_other_blocks_halfway(project: Path) -> None:
    (project / 'test_two.py').write_text(
        TWO.replace("('two', BLOCKS", "('two', {'app': str(number)}")
    )
    done = run_pytest(project, '--deployment-report', 'p.json')
    assert done.returncode == 1
    assert 'two was run with other blocks or programs before' in done.stdout


def test_blocks_want_a_built_site(project: Path) -> None:
    (project / 'test_two.py').write_text('def test_page(blocks):\n    pass\n')
    done = run_pytest(project)
    assert 'say with --built-site DIR where the built HTML pages are' in done.stdout


def test_a_missing_server_is_a_visible_skip_or_a_failure_where_it_is_required(
    project: Path,
) -> None:
    (project / 'test_two.py').write_text(
        'from glance_docs_ext.testing.plugin import require\n'
        "def test_page():\n    require('no-such-server')\n"
    )
    reason = 'no-such-server is not installed'
    done = run_pytest(project, '-rs', CONFIGCHECK_REQUIRE_ENGINES='0')
    assert done.returncode == 0
    assert reason in done.stdout
    done = run_pytest(project, CONFIGCHECK_REQUIRE_ENGINES='1')
    assert done.returncode == 1
    assert reason in done.stdout


def test_a_process_that_is_left_behind_fails_the_session(project: Path) -> None:
    (project / 'test_two.py').write_text(
        'import subprocess, sys\n'
        "SLEEPER = [sys.executable, '-c', 'import time; print(flush=True); time.sleep(100)']\n"
        'def test_page(server_folder):\n'
        '    left = subprocess.Popen(\n'
        '        SLEEPER, cwd=server_folder, start_new_session=True, stdout=subprocess.PIPE\n'
        '    )\n'
        '    left.stdout.readline()  # a process that is just being started has no command line\n'
        "    open('pid', 'w').write(str(left.pid))\n"
    )
    done = run_pytest(project, '-W', 'ignore')
    os.kill(int((project / 'pid').read_text()), signal.SIGKILL)
    assert done.returncode == 1
    assert 'the servers of these tests have left behind:' in done.stdout
    assert 'time.sleep(100)) in' in done.stdout


def test_a_folder_that_is_left_behind_is_seen() -> None:
    with server_folder() as folder:
        assert f'folder {folder}' in leftovers()
    assert f'folder {folder}' not in leftovers()


def test_a_process_that_has_no_command_line_as_yet_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server_folder() as folder:
        process = tmp_path / '12'
        process.mkdir()
        (process / 'cmdline').touch()
        (process / 'comm').write_text('uwsgi\n')
        (process / 'cwd').symlink_to(folder)
        monkeypatch.setattr(leftovers_module, 'PROCESSES', tmp_path)
        assert f'process 12 ([uwsgi]) in {folder}' in leftovers()
