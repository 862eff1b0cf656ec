"""The table: per engine and kind, how often the verdicts agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.agreement.judge import Answer

RELATIONS = ('both accept', 'both refuse', 'false alarm', 'miss', 'not judged')
HEADER = ('Engine', 'Kind', 'Cases', *map(str.capitalize, RELATIONS), 'Agreement', 'Same line')
ALL = 'all'


def rows(answers: Iterable[Answer]) -> list[tuple[str, ...]]:
    """Return the rows of the table, the sum of an engine before its kinds."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    lines: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for answer in answers:
        for kind in (ALL, answer.case.kind):
            key = (answer.case.engine, kind)
            counts[key][answer.relation] += 1
            if answer.same_line is not None:
                lines[key][answer.same_line] += 1
    keys = sorted(counts, key=lambda key: (key[0], key[1] != ALL, key[1]))
    return [_row(*key, counts[key], lines[key]) for key in keys]


def _row(engine: str, kind: str, count: Counter[str], lines: Counter[bool]) -> tuple[str, ...]:
    agreed = count['both accept'] + count['both refuse']
    judged = count.total() - count['not judged']
    return (
        *(engine, kind, str(count.total())),
        *(str(count[relation]) for relation in RELATIONS),
        *(_share(agreed, judged), _share(lines[True], lines.total())),
    )


def _share(part: int, whole: int) -> str:
    """Return a share in per cent, rounded down: 100 is said where nothing is left."""
    return f'{part * 10_000 // whole / 100:.2f} %' if whole else ''


def as_text(table: Iterable[tuple[str, ...]]) -> str:
    """Return the table for a terminal."""
    given = [HEADER, *table]
    widths = [max(len(row[column]) for row in given) for column in range(len(HEADER))]
    lines = (
        '  '.join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in given
    )
    return '\n'.join(lines) + '\n'
