"""The bench asks an engine once for each question where it is told to remember."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from glance_docs_ext.native import sandbox
from glance_docs_ext.native.sandbox import Run
from tools.agreement.memory import remember

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put an engine that counts into the place of the sandbox; remember what it says."""
    questions: list[str] = []

    def run(command: list[str], _files: dict[str, bytes], **_view: Any) -> Run:
        questions.append(command[1])
        return Run(
            len(questions), f'output of {command[1]}', 'late' if command[1] == 'late' else ''
        )

    monkeypatch.setattr(sandbox, 'run', run)
    remember(tmp_path / 'answers.sqlite')
    return questions


def test_the_same_question_is_asked_once(asked: list[str]) -> None:
    first = sandbox.run(['/x', 'a'], {'/f': b'1'}, folders=['/srv'])
    assert sandbox.run(['/x', 'a'], {'/f': b'1'}, folders=['/srv']) == first
    assert asked == ['a']


@pytest.mark.parametrize(
    'other',
    [
        {'files': {'/f': b'2'}},
        {'folders': ['/opt']},
        {'visible': ['/etc/nginx']},
        {'environment': {'A': 'b'}},
    ],
)
def test_what_differs_in_anything_is_another_question(
    asked: list[str], other: dict[str, Any]
) -> None:
    given: dict[str, Any] = {'files': {'/f': b'1'}, 'folders': ['/srv'], **other}
    sandbox.run(['/x', 'a'], {'/f': b'1'}, folders=['/srv'])
    sandbox.run(['/x', 'a'], given.pop('files'), **given)
    assert asked == ['a', 'a']


def test_an_answer_that_did_not_come_is_not_remembered(asked: list[str]) -> None:
    sandbox.run(['/x', 'late'], {})
    sandbox.run(['/x', 'late'], {})
    assert asked == ['late', 'late']
