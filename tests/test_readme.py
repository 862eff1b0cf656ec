"""The README tells the truth: its example is run, and its files and commands are there."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

from tests.commands import python

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / 'README.md').read_text(encoding='utf-8')
SCREENS = 90  # lines that a reader takes in with two looks


def fenced(language: str) -> list[str]:
    """Return the code blocks of the README in ``language``."""
    return re.findall(rf'^```{language}\n(.*?)^```$', README, re.MULTILINE | re.DOTALL)


def test_the_finding_that_it_shows_is_what_the_command_prints(tmp_path: Path) -> None:
    (page,) = fenced('rst')
    session = fenced('console')[0]
    command, _, shown = session.partition('\n')
    (tmp_path / 'deploying.rst').write_text(page, encoding='utf-8')
    assert command == '$ configcheck check deploying.rst'
    done = python('-m', 'glance_docs_ext', 'check', 'deploying.rst', folder=tmp_path)
    assert done.stdout + done.stderr == shown
    assert done.returncode == 1


def test_its_one_line_makes_sphinx_report_the_same(tmp_path: Path) -> None:
    (page,) = fenced('rst')
    (settings,) = fenced('python')
    (tmp_path / 'index.rst').write_text(page, encoding='utf-8')
    (tmp_path / 'conf.py').write_text(settings, encoding='utf-8')
    done = python('-m', 'sphinx', '-q', '-W', '-b', 'html', '.', 'out', folder=tmp_path)
    assert done.returncode == 1
    assert 'index.rst:12:20: ' in done.stderr
    assert '[configcheck.socket-protocol-mismatch]' in done.stderr


def test_what_it_points_to_is_there() -> None:
    targets = re.findall(r'\]\(([^)#:]+)\)', README)
    assert len(targets) >= 5
    assert [target for target in targets if not (REPOSITORY / target).is_file()] == []


def test_the_make_targets_that_it_names_exist() -> None:
    makefile = (REPOSITORY / 'Makefile').read_text(encoding='utf-8')
    names = set(re.findall(r'\bmake ([a-z]+)\b', README))
    assert names == {'docs', 'test', 'deployment'}
    assert all(re.search(rf'^{name}:', makefile, re.MULTILINE) for name in names)


def test_a_tox_of_ones_own_leaves_the_folder_of_make_alone() -> None:
    makefile = (REPOSITORY / 'Makefile').read_text(encoding='utf-8')
    assert 'TOX = .venv/bin/tox' in makefile
    settings = ConfigParser(interpolation=None)
    settings.read(REPOSITORY / 'tox.ini', encoding='utf-8')
    assert not settings.getboolean('tox', 'venv_redirect')


def test_it_fits_on_two_screens() -> None:
    assert len(README.splitlines()) <= SCREENS
