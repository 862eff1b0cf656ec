"""What a fuzzer has once found does not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.fuzz.targets import TARGETS

FOUND = Path(__file__).parent / 'found'
FILES = sorted(FOUND.glob('*/*'))


@pytest.mark.parametrize('file', FILES, ids=lambda file: f'{file.parent.name}-{file.name}')
def test_what_was_found_holds_now(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


def test_each_folder_is_a_target_and_holds_something() -> None:
    folders = {file.parent.name for file in FILES}
    assert {folder.name for folder in FOUND.iterdir() if folder.is_dir()} == folders
    assert folders <= set(TARGETS)
