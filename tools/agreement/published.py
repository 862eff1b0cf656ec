"""What the site shows of a run: the table, and when and with which engines it was measured."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.native.installed import installed
from tools.agreement.table import ALL, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = tuple[str, ...]

MANUAL = Path(__file__).parents[2] / 'source' / 'manual'
TABLE = MANUAL / 'agreement.csv'
RUNS = MANUAL / 'agreement-runs.csv'
RUNS_HEADER = (
    *('Server', 'Version', 'Cases', 'Judged', 'False alarms', 'Misses', 'Agreement', 'Same line'),
    *('Seed', 'Measured on'),
)


def publish(table: Iterable[Row], seed: int, *, by_kind: bool = True) -> None:
    """Write the rows of a run for the site; those of other engines and versions are kept.

    :param by_kind: whether the table of the kinds of cases, which has room for one version of each
        engine, is to tell of this one
    """
    rows = list(table)
    if by_kind:
        _merge(TABLE, HEADER, rows, alike=1)
    day = datetime.now(UTC).date().isoformat()
    runs = [(*_summary(row), str(seed), day) for row in rows if row[1] == ALL]
    _merge(RUNS, RUNS_HEADER, runs, alike=2)


def _summary(row: Row) -> Row:
    """Return the row of all cases of an engine as the table at the top of the page has it."""
    engine, _all, cases, _accept, _refuse, alarms, misses, unjudged, agreement, same_line = row
    judged = str(int(cases) - int(unjudged))
    label, version = ENGINES[engine].label, installed(engine)
    return label, version, cases, judged, alarms, misses, agreement, same_line


def _merge(file: Path, header: Row, rows: Sequence[Row], alike: int) -> None:
    """Put ``rows`` in the place of those whose first columns are alike, as many as ``alike``."""
    names = {row[:alike] for row in rows}
    kept: list[Row] = []
    if file.exists():
        with file.open(encoding='utf-8', newline='') as old:
            kept = [
                tuple(row) for row in list(csv.reader(old))[1:] if tuple(row[:alike]) not in names
            ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\n')
    writer.writerow(header)
    kept += rows
    kept.sort(key=lambda row: row[:alike])
    writer.writerows(kept)
    file.write_text(out.getvalue(), encoding='utf-8')
