"""The tables of a run, for the terminal and for the manual."""

from __future__ import annotations

import csv
import io
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.growth import PAGE
from benchmarks.readers import OURS, READERS, read_all
from benchmarks.speed import APACHE, COMMANDS, timing
from benchmarks.texts import sets
from glance_docs_ext.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.growth import Cost

Row = tuple[str, ...]

OF_A_TEXT = (100_000, 10_000_000)  # a smaller one takes less for each character
OF_A_PAGE = (PAGE, 100, 10_000)
MANUAL = Path(__file__).parents[1] / 'source' / 'manual'
PEERS = ('apacheconfig', 'crossplane', 'python-augeas', 'Pygments', 'Sphinx', 'pyperf')


def reader_rows(medians: Mapping[str, float]) -> list[Row]:
    """Return what each reader needs for the same texts, and how much more than ours."""
    rows: list[Row] = [(
        *('Server', 'Texts of', 'Reader', 'Texts', 'Characters', 'Given up'),
        *('ms a text', 'Texts/s', 'MB/s', 'Needs of ours'),
    )]  # fmt: skip
    for engine, readers in READERS.items():
        for whose, texts in sets(engine).items():
            characters = sum(len(text.text) for text in texts)
            size = sum(len(text.text.encode()) for text in texts)
            ours = medians[timing(engine, whose, OURS)]
            for name, make in readers.items():
                taken = medians[timing(engine, whose, name)]
                rows.append((
                    *(ENGINES[engine].label, whose, name, str(len(texts)), str(characters)),
                    *(str(read_all(make(engine), texts)), f'{taken / len(texts) * 1000:.3f}'),
                    *(f'{len(texts) / taken:.0f}', f'{size / taken / 1e6:.2f}'),
                    times(taken / ours),
                ))  # fmt: skip
    return rows


def command_rows(medians: Mapping[str, float]) -> list[Row]:
    """Return what each command takes; for those of Apache also against checking a text."""
    checks = _of_a_text(medians)
    rows: list[Row] = [('Command', 'ms', *(f'Needs of checking a text: {one}' for one in checks))]
    for name in COMMANDS:
        ratios = [times(medians[name] / one) if name in APACHE else '' for one in checks.values()]
        rows.append((name, f'{medians[name] * 1000:.1f}', *ratios))
    return rows


def _of_a_text(medians: Mapping[str, float]) -> dict[str, float]:
    """Return what we take for a text of Apache, on the average of each set."""
    return {
        whose: medians[timing('apache', whose, OURS)] / len(texts)
        for whose, texts in sets('apache').items()
    }


def growth_rows(costs: Mapping[tuple[str, int], Cost]) -> list[Row]:
    """Return processor time and peak memory by size."""
    rows: list[Row] = [('What', 'Size', 'Seconds', 'µs a kB', 'Peak, MB', 'Bytes a byte')]
    for (what, size), cost in costs.items():
        label = f'a page of {size:,} blocks' if what == PAGE else f'{ENGINES[what].label}, a text'
        rows.append((
            *(label.replace(',', ' ') if what == PAGE else label, _size(cost.size)),
            *(f'{cost.seconds:.4f}', f'{cost.seconds / cost.size * 1e9:.0f}'),
            *(f'{cost.memory / 1e6:.1f}', f'{cost.memory / cost.size:.0f}'),
        ))  # fmt: skip
    return rows


def target_rows(medians: Mapping[str, float], costs: Mapping[tuple[str, int], Cost]) -> list[Row]:
    """Return what is wanted of the figures, and whether it holds."""
    rows: list[Row] = [('What', 'Texts of', 'Wanted', 'Measured', 'Holds')]
    for whose, check in _of_a_text(medians).items():
        ours = medians[timing('apache', whose, OURS)]
        for name in ('apacheconfig', 'apacheconfig, one loader'):
            faster = medians[timing('apache', whose, name)] / ours
            rows.append(_target(f'Faster than {name}', whose, faster, least=50))
        for name in APACHE:
            what = f'A text, faster than starting {name}'
            started = _target(what, whose, medians[name] / check, least=100)
            busy = (*started[:-1], 'the machine was too busy to say')
            rows.append(busy if is_busy() else started)
    for reader, engine in product(('Sphinx', 'Pygments'), READERS):
        what = f'{ENGINES[engine].label}: of what {reader} takes to highlight the same'
        for whose in sets(engine):
            ours, theirs = (medians[timing(engine, whose, name)] for name in (OURS, reader))
            rows.append(_target(what, whose, ours / theirs, most=0.5))
    for what, small, large in (*((engine, *OF_A_TEXT) for engine in READERS), OF_A_PAGE):
        if (what, large) in costs:
            ratio = _each(costs[what, large]) / _each(costs[what, small])
            label = 'a page, by blocks' if what == PAGE else f'{ENGINES[what].label}, by size'
            words = f'{label}: time for each character, {large:,} against {small:,}'
            rows.append(_target(words.replace(',0', ' 0'), 'made ones', ratio, most=1.5))
    return rows


def is_busy() -> bool:
    """Whether programs have to wait for a processor, so that starting one takes longer."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


def _target(what: str, whose: str, measured: float, *, least: float = 0, most: float = 0) -> Row:
    wanted = f'at least {times(least)}' if least else f'at most {times(most)}'
    holds = measured >= least if least else measured <= most
    return what, whose, wanted, times(measured), 'yes' if holds else 'no'


def _each(cost: Cost) -> float:
    return cost.seconds / cost.size


def machine_rows(rounds: int) -> list[Row]:
    """Return where and when this was measured, and with what."""
    rows = [
        ('Measured on', datetime.now(UTC).date().isoformat()),
        ('Machine', f'{_processor()}, {platform.system()} {platform.machine()}'),
        ('Python', platform.python_version()),
        ('Load', f'{os.getloadavg()[0]:.1f}'),
        ('Rounds', str(rounds)),
        ('Apache', _apache()),
    ]
    return [*rows, *((name, version(name)) for name in PEERS)]


def times(factor: float) -> str:
    """Return a factor for people: two digits of it count."""
    return f'{factor:.2f} times' if factor < 10 else f'{factor:.0f} times'


def shown(rows: Iterable[Row]) -> str:
    """Return a table for the terminal."""
    given = list(rows)
    widths = [max(len(row[column]) for row in given) for column in range(len(given[0]))]
    lines = (
        '  '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in given
    )
    return '\n'.join(lines) + '\n'


def write(name: str, rows: Iterable[Row]) -> None:
    """Write a table for the manual."""
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerows(rows)
    (MANUAL / f'{name}.csv').write_text(out.getvalue(), encoding='utf-8')


def _size(characters: int) -> str:
    if characters < 1_000_000:
        return f'{characters / 1000:.1f} kB'
    return f'{characters / 1e6:.1f} MB'


def _processor() -> str:
    names = re.findall(r'^model name\s*:\s*(.+)$', Path('/proc/cpuinfo').read_text('utf-8'), re.M)
    return f'{len(names)} processors {names[0]}' if names else platform.processor()


def _apache() -> str:
    done = subprocess.run(
        ['/usr/sbin/apache2', '-v'], check=True, capture_output=True, text=True, timeout=10
    )
    found = re.search(r'[0-9]+(?:\.[0-9]+){2}', done.stdout)
    return found[0] if found else '?'
