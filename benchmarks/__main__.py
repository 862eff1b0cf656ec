"""python -m benchmarks: measure everything, print the tables, write them for the manual."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from statistics import median

import pyperf

from benchmarks.growth import BLOCKS, PAGE, SIZES, Cost
from benchmarks.readers import READERS
from benchmarks.speed import COMMANDS
from benchmarks.tables import (
    command_rows,
    growth_rows,
    machine_rows,
    reader_rows,
    shown,
    target_rows,
    write,
)
from tools.agreement.packages import FOLDER, fetch

REPOSITORY = Path(__file__).parents[1]
RESULTS = REPOSITORY / 'build' / 'benchmarks'
RUNS = 3  # of each text that grows


def main() -> None:
    """Run the rounds, then the growth, and tell the tables."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks', description=__doc__)
    parser.add_argument('--rounds', type=int, default=5, help='of all timings (default: 5)')
    parser.add_argument('--no-growth', action='store_true', help='leave the large texts out')
    parser.add_argument('--write', action='store_true', help='write the tables of the manual')
    arguments = parser.parse_args()
    fetch(FOLDER)
    suite = _rounds(arguments.rounds)
    medians = {bench.get_name(): _typical(bench) for bench in suite}
    tables = {
        'speed': reader_rows(medians),
        'speed-commands': command_rows(medians),
        'speed-machine': machine_rows(arguments.rounds),
    }
    costs = {} if arguments.no_growth else _growth()
    tables['speed-growth'] = growth_rows(costs)
    tables['speed-targets'] = target_rows(medians, costs)
    for name, rows in tables.items():
        sys.stdout.write(shown(rows) + '\n')
        if arguments.write:
            write(name, rows)


def _rounds(number: int) -> pyperf.BenchmarkSuite:
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / 'speed.json'
    file.unlink(missing_ok=True)
    for _ in range(number):
        command = ['-m', 'benchmarks.speed', '--processes', '1', '--values', '5', '--quiet']
        subprocess.run(
            [sys.executable, *command, '--append', str(file)], cwd=REPOSITORY, check=True
        )
    return pyperf.BenchmarkSuite.load(str(file))


def _typical(bench: pyperf.Benchmark) -> float:
    """Return the median; of a command the least, for what else runs only makes it wait."""
    values: tuple[float, ...] = bench.get_values()
    return min(values) if bench.get_name() in COMMANDS else median(values)


def _growth() -> dict[tuple[str, int], Cost]:
    wanted = [(engine, size) for engine in READERS for size in SIZES]
    wanted += [(PAGE, blocks) for blocks in BLOCKS]
    return {(what, size): _cost(what, size) for what, size in wanted}


def _cost(what: str, size: int) -> Cost:
    """Return the cost of the run in the middle: a large text is measured once in each."""
    runs = sorted(_run(what, size) for _ in range(RUNS))
    return runs[RUNS // 2]


def _run(what: str, size: int) -> Cost:
    done = subprocess.run(
        [sys.executable, '-m', 'benchmarks.growth', what, str(size)],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Cost.read(done.stdout)


if __name__ == '__main__':
    main()
