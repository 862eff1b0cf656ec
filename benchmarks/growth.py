"""python -m benchmarks.growth WHAT SIZE: processor time and peak memory of one check, as JSON.

WHAT is an engine, and SIZE the characters of one text; or ``page``, and SIZE the blocks of a page.
A process of its own each, for the peak is that of a process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.texts import made, page
from glance_docs_ext.checker import check
from glance_docs_ext.inputs import Input
from glance_docs_ext.pages import read_page
from glance_docs_ext.source import Source
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 'page'
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
BLOCKS = (10, 100, 1_000, 10_000)
LEAST = 0.3  # seconds of processor time, so that small texts are measured often enough


class Cost(NamedTuple):
    """What one check of ``size`` characters took: seconds, and bytes above those without it."""

    size: int
    seconds: float
    memory: int
    findings: int

    @classmethod
    def read(cls, written: str) -> Cost:
        """Return what `main` printed."""
        return cls(*json.loads(written))


def main() -> None:
    """Measure what the command line names, and print it."""
    what, size = sys.argv[1], int(sys.argv[2])
    json.dump(_page(size) if what == PAGE else _text(what, size), sys.stdout)


def _text(engine: str, size: int) -> Cost:
    check(Source('', 'warm'), engine)
    text = made(engine, size)
    return _cost(
        len(text.text),
        lambda: len(check(Source(text.text, text.name), engine, text.context).diagnostics),
    )


def _page(blocks: int) -> Cost:
    for engine in ('apache', 'nginx', 'uwsgi'):
        check(Source('', 'warm'), engine)
    text = page(blocks)

    def run() -> int:
        read = read_page('page.rst', text)
        return len(findings([Input('page.rst', read.blocks, read.notes, read.diagnostics)]))

    return _cost(len(text), run)


def _cost(size: int, run: Callable[[], int]) -> Cost:
    before = _peak()
    times: list[float] = []
    while sum(times) < LEAST:
        start = time.process_time()
        found = run()
        times.append(time.process_time() - start)
    return Cost(size, median(times), _peak() - before, found)


def _peak() -> int:
    """Return the most bytes that this process has had in memory (Linux)."""
    status = Path('/proc/self/status').read_text(encoding='utf-8')
    return int(status.partition('VmHWM:')[2].split()[0]) * 1024


if __name__ == '__main__':
    main()
