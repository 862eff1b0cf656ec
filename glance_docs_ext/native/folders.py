"""The folders and files that a text speaks of, made up so that the text alone is judged."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What an author writes for a path: with more than one part, and no more than plain characters.
PART = r'/[\w+-][\w.+-]{0,99}'
PATH = re.compile(rf'(?<![\w:/.@%$\\-])((?:{PART}){{2,20}})(?![\w.+-])', re.ASCII)
WHOLE = re.compile(rf'(?:{PART}){{2,20}}', re.ASCII)
LIVES_ELSEWHERE = frozenset(('usr', 'dev', 'proc', 'sys', 'lib', 'lib64', 'bin', 'sbin', 'conf'))
"""Folders at the top that the sandbox has from somewhere else."""
MOST = 200  # paths


def folders(text: str) -> list[str]:
    """Return the folders to make for the absolute paths in ``text``, outermost first.

    Those are the folders that the paths stand in; a path whose last part has no suffix is taken for
    a folder itself. None is made in ``/etc``: what is there, or not, is the machine's.
    """
    found: dict[str, None] = {}
    for match in PATH.finditer(text):
        path = PurePosixPath(match[1])
        if path.parts[1] not in LIVES_ELSEWHERE | {'etc'}:
            found[str(path if not path.suffix else path.parent)] = None
        if len(found) >= MOST:
            break
    return sorted(found)


def files(paths: Iterable[str], made: Iterable[str]) -> list[str]:
    """Return which of ``paths`` can be made up as files, beside the folders ``made``."""
    wanted = [
        path
        for path in dict.fromkeys(paths)
        if WHOLE.fullmatch(path)
        and path.split('/')[1] not in LIVES_ELSEWHERE
        and not path.startswith(('/etc/passwd', '/etc/group'))
    ][:MOST]
    inside = {
        str(parent)
        for path in (*wanted, *(f'{folder}/x' for folder in made))
        for parent in PurePosixPath(path).parents
    }
    return [path for path in wanted if path not in inside]
