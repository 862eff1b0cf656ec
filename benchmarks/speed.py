"""python -m benchmarks.speed ENGINE SET ROUNDS: what each reader takes for a set, as JSON.

All readers are in one process and read the same texts in turn, round after round: what the machine
does, and how fast it is just then, falls on all of them alike. It is processor time that counts.
Before it is timed each has read the texts once in that round, as one that reads nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.readers import READERS, read_all
from benchmarks.texts import real

if TYPE_CHECKING:
    from benchmarks.readers import Read
    from benchmarks.texts import Text

HERE = Path(__file__).parent
STARTS = 5  # of a program, in a round
APACHE = {
    'apache2 -t, one module': 'smallest.conf',
    'apache2 -t, the modules of the texts': 'modules.conf',
}
"""What starting Apache is called, and the configuration that it checks."""


def main() -> None:
    """Time what the command line names: seconds by round of each reader, and of starting Apache."""
    engine, whose, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    texts = real(engine, whose)
    readers = {name: make(engine) for name, make in READERS[engine].items()}
    files = APACHE if engine == 'apache' else {}
    taken: dict[str, list[float]] = {name: [] for name in (*readers, *files)}
    for _ in range(rounds):
        for name, read in readers.items():
            taken[name].append(_reading(read, texts))
        for name, file in files.items():
            taken[name].append(_starting(['/usr/sbin/apache2', '-t', '-f', str(HERE / file)]))
    json.dump(taken, sys.stdout)


def _reading(read: Read, texts: list[Text]) -> float:
    """Return the seconds that reading all texts takes."""
    read_all(read, texts)
    start = time.process_time()
    read_all(read, texts)
    return time.process_time() - start


def _starting(command: list[str]) -> float:
    """Return the seconds that pass from a command's start to its end: the least of a few times.

    Here it is not processor time: ``apache2 -t`` sleeps for ten milliseconds before it ends, and
    who calls it waits for that. The busier the machine, the more it waits besides.
    """
    passed = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        passed.append(time.perf_counter() - start)
    return min(passed)


if __name__ == '__main__':
    main()
