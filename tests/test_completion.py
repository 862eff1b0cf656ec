"""What completes the command line: written for each shell, and used by a real bash."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.cli import main
from tests.engines import require

if TYPE_CHECKING:
    from pathlib import Path

COMPLETE = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_shtab_configcheck
printf '%s\\n' "${COMPREPLY[@]}"
"""
PATIENCE = 600  # seconds; a busy machine is no fault


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the file that bash is told to read."""
    with pytest.raises(SystemExit) as stopped:
        main(['--print-completion', 'bash'])
    assert stopped.value.code == 0
    file = tmp_path / 'configcheck.bash'
    file.write_text(capsys.readouterr().out, encoding='utf-8')
    return file


@pytest.mark.parametrize(
    ('words', 'expected'),
    [
        (('ch',), ['check']),
        (('check', '--form'), ['--format']),
        (('check', '--format', 's'), ['sarif']),
        (('check', '--engine', ''), ['apache', 'nginx', 'uwsgi']),
        (('explain', 'DEP60'), [f'DEP60{number}' for number in range(1, 10)]),
        (('check', 'pa'), ['page.rst']),
        (('check', '--baseline', 'kn'), ['known.json']),
        (('--print-completion', 'z'), ['zsh']),
    ],
)
def test_bash_completes(
    script: Path, tmp_path: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    (tmp_path / 'page.rst').touch()
    (tmp_path / 'known.json').touch()
    done = subprocess.run(
        [require('bash'), '-c', COMPLETE, 'bash', str(script), 'configcheck', *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert [line for line in done.stdout.split('\n') if line] == expected, done.stderr


@pytest.mark.parametrize(('shell', 'mark'), [('zsh', '#compdef configcheck'), ('tcsh', 'complete')])
def test_other_shells_get_a_script_of_their_own(
    shell: str, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(['--print-completion', shell])
    assert stopped.value.code == 0
    said = capsys.readouterr()
    assert mark in said.out
    assert said.err == ''


def test_without_shtab_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, 'shtab', None)
    with pytest.raises(SystemExit) as stopped:
        main(['--print-completion', 'bash'])
    assert stopped.value.code == 2
    assert 'pip install "glance-docs-ext[completion]"' in capsys.readouterr().err
