"""A baseline: the findings that an old tree is known to have, so that only new ones fail.

A finding is known again by its file, its code and the text of its line, so that it may move up and
down. The file is JSON, sorted, one finding a line: a review shows what was accepted.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.pipes import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glance_docs_ext.diagnostics import Diagnostic

FORM = 1
LONGEST_TEXT = 200  # characters of a line; what is longer is told apart well enough by these


class BaselineError(GlanceDocsError):
    """A baseline cannot be read or written, or is not what ``--write-baseline`` writes."""


class Known(NamedTuple):
    """What a finding is known again by: its file as seen from the baseline's folder, and so on."""

    path: str
    code: str
    text: str


class Compared(NamedTuple):
    """The findings that are new, how many are known, and how many of those known are gone."""

    new: tuple[Diagnostic, ...]
    known: int
    gone: int


def read(file: Path) -> Counter[Known]:
    """Return how often each finding is known.

    :raises BaselineError: the file cannot be read, or has another form
    """
    try:
        data = json.loads(read_bytes(str(file)))
        if data['form'] != FORM:
            raise BaselineError(
                f'{file}: this baseline has form {data["form"]!r}, expected {FORM}; write it again'
            )
        known: Counter[Known] = Counter()
        for item in data['findings']:
            known[Known(str(item['path']), str(item['code']), str(item['text']))] += int(
                item['count']
            )
    except OSError as error:
        raise BaselineError(f'cannot read the baseline {file}: {error.strerror}') from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BaselineError(
            f'{file} is no baseline; --write-baseline {file} writes a new one'
        ) from error
    return known


def write(file: Path, diagnostics: Iterable[Diagnostic]) -> None:
    """Write a baseline in which all of ``diagnostics`` are known.

    :raises BaselineError: the file cannot be written
    """
    counts = Counter(_known(diagnostic, file) for diagnostic in diagnostics)
    lines = ',\n'.join(
        '    ' + json.dumps({**known._asdict(), 'count': count})
        for known, count in sorted(counts.items())
    )
    findings = f'[\n{lines}\n  ]' if lines else '[]'
    try:
        file.write_text(f'{{\n  "form": {FORM},\n  "findings": {findings}\n}}\n', encoding='utf-8')
    except OSError as error:
        raise BaselineError(f'cannot write the baseline {file}: {error.strerror}') from error


def compare(file: Path, known: Counter[Known], diagnostics: Sequence[Diagnostic]) -> Compared:
    """Tell the new findings from those in the baseline ``known``, which ``file`` holds.

    Where a line has more findings of a code than are known, the last of them are the new ones.
    """
    left = known.copy()
    new = []
    for diagnostic in diagnostics:
        key = _known(diagnostic, file)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(diagnostic)
    return Compared(tuple(new), len(diagnostics) - len(new), left.total())


def _known(diagnostic: Diagnostic, file: Path) -> Known:
    path = os.path.relpath(diagnostic.place.path, file.parent)
    text = ' '.join(diagnostic.place.excerpt[: 2 * LONGEST_TEXT].split())[:LONGEST_TEXT]
    return Known(Path(path).as_posix(), diagnostic.code, text)
