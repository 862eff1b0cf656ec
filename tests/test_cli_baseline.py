"""A baseline: an old tree is adopted as it is, and only what is new fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glance_docs_ext.cli import main

PAGE = '.. code-block:: nginx\n\n   lisen 80;\n   rot /srv;\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with one page that has two faults, both known."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'docs').mkdir()
    (tmp_path / 'docs' / 'a.rst').write_text(PAGE)
    assert main(['check', 'docs', '--write-baseline', 'known.json']) == 0
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *paths: str) -> tuple[int, list[str], str]:
    """Return the status, the places of what is reported, and what else is said."""
    capsys.readouterr()
    paths = paths or ('docs',)
    status = main(['check', *paths, '--baseline', 'known.json'])
    lines = capsys.readouterr().out.splitlines()
    places = [line.split(': ')[0] for line in lines if ': error: ' in line]
    return status, places, '\n'.join(line for line in lines if 'known.json' in line)


def test_writing_says_how_many_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['check', 'docs', '--write-baseline', 'known.json']) == 0
    assert capsys.readouterr().out == '2 findings written to known.json\n'


def test_what_is_known_is_not_reported_and_does_not_fail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check(capsys) == (0, [], '2 findings known from known.json')


def test_a_new_fault_fails(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/a.rst').write_text(f'{PAGE}   indx a;\n')
    assert check(capsys)[:2] == (1, ['docs/a.rst:5:4'])


def test_a_fault_that_moves_is_known_again(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/a.rst').write_text('Text\n\n' * 10 + PAGE.replace('   ', '     '))
    assert check(capsys)[:2] == (0, [])


def test_the_same_fault_once_more_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/a.rst').write_text(PAGE + PAGE)
    assert check(capsys)[:2] == (1, ['docs/a.rst:7:4', 'docs/a.rst:8:4'])


def test_the_same_fault_in_another_file_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/b.rst').write_text(PAGE)
    assert check(capsys)[:2] == (1, ['docs/b.rst:3:4', 'docs/b.rst:4:4'])


def test_what_was_mended_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/a.rst').write_text(PAGE.replace('lisen', 'listen'))
    status, places, notes = check(capsys)
    assert (status, places) == (0, [])
    assert '1 finding in known.json is not there any more' in notes


def test_files_are_known_however_they_are_named(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for name in ('docs/a.rst', './docs', str(folder / 'docs'), 'docs/../docs/a.rst'):
        assert check(capsys, name)[:2] == (0, [])


def test_a_baseline_is_the_same_whenever_it_is_written_and_easy_to_review() -> None:
    first = Path('known.json').read_text()
    assert main(['check', 'docs/a.rst', '--write-baseline', 'known.json']) == 0
    assert Path('known.json').read_text() == first
    assert json.loads(first) == {
        'form': 1,
        'findings': [
            {'path': 'docs/a.rst', 'code': 'CFG201', 'text': 'lisen 80;', 'count': 1},
            {'path': 'docs/a.rst', 'code': 'CFG201', 'text': 'rot /srv;', 'count': 1},
        ],
    }
    assert next(line for line in first.splitlines() if 'lisen' in line).count('{') == 1


def test_a_clean_tree_has_an_empty_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    Path('docs/a.rst').write_text('Text\n')
    assert main(['check', 'docs', '--write-baseline', 'known.json']) == 0
    assert json.loads(Path('known.json').read_text()) == {'form': 1, 'findings': []}
    assert check(capsys)[:2] == (0, [])


@pytest.mark.parametrize(
    'content',
    [
        '',
        '[]',
        '{"findings": []}',
        '{"form": 2, "findings": []}',
        '{"form": 1, "findings": [1]}',
        '{"form": 1, "findings": [{"path": "a", "code": "b", "text": "c", "count": "x"}]}',
        '[' * 100_000,
        '\0',
    ],
)
def test_what_is_no_baseline_is_refused(capsys: pytest.CaptureFixture[str], content: str) -> None:
    Path('known.json').write_text(content)
    assert main(['check', 'docs', '--baseline', 'known.json']) == 2
    out, err = capsys.readouterr()
    assert 'known.json' in err
    assert err.count('\n') == 1
    assert 'CFG201' not in out


def test_a_baseline_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['check', 'docs', '--write-baseline', 'missing/known.json']) == 2
    assert 'cannot write the baseline missing/known.json' in capsys.readouterr().err
