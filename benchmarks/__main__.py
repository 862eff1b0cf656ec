"""python -m benchmarks: measure everything, print the tables, write them for the manual."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pyperf

from benchmarks.growth import BLOCKS, PAGE, SIZES, Cost
from benchmarks.readers import READERS
from benchmarks.tables import (
    Taken,
    command_rows,
    growth_rows,
    linear_rows,
    machine_rows,
    reader_rows,
    shown,
    target_rows,
    write,
)
from benchmarks.texts import sets
from tools.agreement.packages import FOLDER, fetch

REPOSITORY = Path(__file__).parents[1]
RESULTS = REPOSITORY / 'build' / 'benchmarks'
RUNS = 3  # of each text that grows


def main() -> None:
    """Run the rounds, the commands and the growth, and tell the tables."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks', description=__doc__)
    parser.add_argument('--rounds', type=int, default=15, help='of all readers (default: 15)')
    parser.add_argument('--no-growth', action='store_true', help='leave the large texts out')
    parser.add_argument('--write', action='store_true', help='write the tables of the manual')
    arguments = parser.parse_args()
    fetch(FOLDER)
    taken = {(e, w): _speed(e, w, arguments.rounds) for e in READERS for w in sets(e)}
    costs = {} if arguments.no_growth else _growth()
    tables = {
        'speed': reader_rows(taken),
        'speed-commands': command_rows(_commands()),
        'speed-machine': machine_rows(arguments.rounds),
        'speed-growth': growth_rows(costs),
        'speed-linear': linear_rows(costs),
        'speed-targets': target_rows(taken),
    }
    for name, rows in tables.items():
        sys.stdout.write(shown(rows) + '\n')
        if arguments.write:
            write(name, rows)


def _speed(engine: str, whose: str, rounds: int) -> Taken:
    return Taken(json.loads(_output('benchmarks.speed', engine, whose, str(rounds))))


def _commands() -> dict[str, float]:
    """Return the median of the seconds that each command takes."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / 'commands.json'
    file.unlink(missing_ok=True)
    _output('benchmarks.commands', '--fast', '--quiet', '--output', str(file))
    suite = pyperf.BenchmarkSuite.load(str(file))
    return {bench.get_name(): bench.median() for bench in suite}


def _growth() -> dict[tuple[str, int], Cost]:
    wanted = [(engine, size) for engine in READERS for size in SIZES]
    wanted += [(PAGE, blocks) for blocks in BLOCKS]
    return {(what, size): _cost(what, size) for what, size in wanted}


def _cost(what: str, size: int) -> Cost:
    """Return the cost of the run in the middle: a large text is measured once in each."""
    runs = sorted(_run(what, size) for _ in range(RUNS))
    return runs[RUNS // 2]


def _run(what: str, size: int) -> Cost:
    return Cost.read(_output('benchmarks.growth', what, str(size)))


def _output(*module: str) -> str:
    """Return what a part of the measurement prints that has a process of its own."""
    done = subprocess.run(
        [sys.executable, '-m', *module],
        cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


if __name__ == '__main__':
    main()
