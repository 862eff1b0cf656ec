"""python -m tools.agreement: run the bench, print its table, write it for the site.

The engines run in the sandbox of ``glance_docs_ext.native``, as ``configcheck check --native`` runs
them. What differs is written to ``build/agreement/ENGINE.jsonl``, one case a line, with the text.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.engines import ENGINES
from tools.agreement.cases import REPOSITORY, cases
from tools.agreement.judge import judge
from tools.agreement.memory import remember
from tools.agreement.packages import FOLDER, fetch
from tools.agreement.published import TABLE, publish
from tools.agreement.table import as_text, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.agreement.judge import Answer

SEED = 20261122
WORKERS = 2
DIFFERENCES = REPOSITORY / 'build' / 'agreement'
ANSWERS = DIFFERENCES / 'answers.sqlite'
DIFFERS = ('false alarm', 'miss')


def main(argv: list[str] | None = None) -> int:
    """Run the bench; return 1 where there is a false alarm, end with 2 where nothing was asked."""
    parser = argparse.ArgumentParser(prog='python -m tools.agreement', description=__doc__)
    parser.add_argument('--engine', choices=sorted(ENGINES), action='append')
    parser.add_argument('--cases', type=int, metavar='N', help='of each engine (default: all)')
    parser.add_argument('--files', type=Path, metavar='FOLDER', help='of configurations to take')
    parser.add_argument(
        '--packages', type=Path, metavar='FOLDER', nargs='?', const=FOLDER,
        help="take the files of Debian's packages, too, and keep them in FOLDER (%(const)s)",
    )  # fmt: skip
    parser.add_argument('--seconds', type=float, metavar='N', help='for each engine, then stop')
    parser.add_argument('--seed', type=int, default=SEED)
    parser.add_argument('--workers', type=int, default=WORKERS)
    parser.add_argument('--remember', action='store_true', help='do not ask the same thing twice')
    parser.add_argument(
        '--write', choices=('all', 'run'), nargs='?', const='all',
        help=f'write {TABLE.name} for the site; "run": no more than the line of this version',
    )  # fmt: skip
    arguments = parser.parse_args(argv)
    if arguments.files and arguments.write:
        parser.error('--write is for the whole bench, not for --files')
    answers: list[Answer] = []
    try:
        if arguments.packages:
            fetch(arguments.packages)
        for engine in arguments.engine or sorted(ENGINES):
            answers += _run(engine, arguments)
    except GlanceDocsError as error:  # a folder that is not there, or no server
        parser.exit(2, f'{parser.prog}: {error}\n')
    if not answers:
        parser.exit(2, f'{parser.prog}: nothing to ask about in {arguments.files}\n')
    table = rows(answers)
    sys.stdout.write(as_text(table))
    if arguments.write:
        publish(table, arguments.seed, by_kind=arguments.write == 'all')
    return int(any(answer.relation == 'false alarm' for answer in answers))


def _run(engine: str, arguments: argparse.Namespace) -> list[Answer]:
    given = cases(engine, arguments.cases, arguments.seed, arguments.files, arguments.packages)
    started = time.monotonic()
    answers = []
    begin = (remember, (ANSWERS,)) if arguments.remember else (None, ())
    with multiprocessing.Pool(arguments.workers, *begin) as pool:
        for answer in pool.imap(judge, given, chunksize=8):
            answers.append(answer)
            taken = time.monotonic() - started
            if len(answers) % 500 == 0:
                sys.stderr.write(f'{engine}: {len(answers)} of {len(given)} in {taken:.0f} s\n')
            if arguments.seconds and taken > arguments.seconds:
                break
    _write_differences(engine, answers)
    return answers


def _write_differences(engine: str, answers: Iterable[Answer]) -> None:
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    with (DIFFERENCES / f'{engine}.jsonl').open('w', encoding='utf-8') as file:
        for answer in answers:
            if answer.relation in DIFFERS or answer.same_line is False:
                one = {**answer.case._asdict(), **answer._asdict()}
                del one['case']
                file.write(json.dumps(one) + '\n')


if __name__ == '__main__':
    sys.exit(main())
