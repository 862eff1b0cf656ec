"""python -m benchmarks.speed: one round of all timings, with pyperf.

``python -m benchmarks`` calls it round after round, so that what else the machine does falls on all
of them alike. For the readers it is processor time, which a busy machine changes little.
"""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from itertools import product
from pathlib import Path

import pyperf

from benchmarks.readers import READERS, Read, read_all
from benchmarks.texts import Text, real, sets

HERE = Path(__file__).parent
SMALL = HERE.parent / 'tests' / 'configs' / 'apache' / 'ok' / 'wsgi-service.conf'
CONFIGCHECK = [sys.executable, '-m', 'glance_docs_ext']
APACHE = {
    'apache2 -t, one module': 'smallest.conf',
    'apache2 -t, the modules of the texts': 'modules.conf',
}
"""What starting Apache is called, and the configuration that it checks."""
COMMANDS = {
    'python -c pass': [sys.executable, '-c', 'pass'],
    'python -c "import glance_docs_ext"': [sys.executable, '-c', 'import glance_docs_ext'],
    'configcheck --help': [*CONFIGCHECK, '--help'],
    'configcheck check FILE': [*CONFIGCHECK, 'check', str(SMALL)],
    **{name: ['/usr/sbin/apache2', '-t', '-f', str(HERE / file)] for name, file in APACHE.items()},
}


@cache
def prepared(engine: str, whose: str, name: str) -> tuple[Read, list[Text]]:
    """Return a reader and its texts, made before anything is timed."""
    return READERS[engine][name](engine), real(engine, whose)


def timing(engine: str, whose: str, name: str) -> str:
    """Return what the timing of a reader over a set of texts is called."""
    return f'{engine}, {whose}: {name}'


def main() -> None:
    """Time every reader over each set of texts of its engine, and every command."""
    runner = pyperf.Runner(program_args=('-m', 'benchmarks.speed'))
    for engine, readers in READERS.items():
        for whose, name in product(sets(engine), readers):
            given = (engine, whose, name)
            runner.bench_time_func(timing(*given), _reading, *given)
    for name, command in COMMANDS.items():
        runner.bench_time_func(name, _running, command)


def _reading(loops: int, engine: str, whose: str, name: str) -> float:
    """Return the seconds that reading all texts of a set so often takes."""
    read, texts = prepared(engine, whose, name)
    start = time.process_time()
    for _ in range(loops):
        read_all(read, texts)
    return time.process_time() - start


def _running(loops: int, command: list[str]) -> float:
    """Return the seconds that pass while a command runs so often."""
    start = time.perf_counter()
    for _ in range(loops):
        subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == '__main__':
    main()
