"""The tables of a run, for the terminal and for the manual."""

from __future__ import annotations

import csv
import io
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.growth import PAGE
from benchmarks.readers import OURS, READERS, read_all
from benchmarks.speed import APACHE
from benchmarks.texts import SETS, real
from glance_docs_ext.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.growth import Cost

Row = tuple[str, ...]

# What fits into the processor's caches takes less for each character.
OF_A_TEXT = (1_000_000, 10_000_000)
OF_A_PAGE = (PAGE, 1_000, 10_000)
MANUAL = Path(__file__).parents[1] / 'source' / 'manual'
HIGHLIGHTING = ('Sphinx', 'Pygments', 'Pygments, one lexer')
PEERS = ('apacheconfig', 'crossplane', 'python-augeas', 'Pygments', 'Sphinx', 'pyperf')


class Taken:
    """What each reader took for the texts of a set, round by round, in seconds."""

    def __init__(self, rounds: Mapping[str, Sequence[float]]) -> None:
        self.rounds = rounds

    def median(self, name: str) -> float:
        """Return what a reader takes for all texts, or one start of a program takes."""
        return median(self.rounds[name])

    def ratio(self, name: str) -> float:
        """Return how many times what we take another takes: the middle of what the rounds say.

        In a round both were measured within a second or so, when the machine was as fast for both.
        """
        of_rounds = zip(self.rounds[name], self.rounds[OURS], strict=True)
        return median(theirs / ours for theirs, ours in of_rounds)

    @classmethod
    def together(cls, parts: Sequence[Taken]) -> Taken:
        """Return what was taken for the texts of several sets; the start of a program stays one."""
        found: dict[str, list[float]] = {}
        for name in parts[0].rounds:
            many = len(parts) if name in APACHE else 1
            of_rounds = zip(*(part.rounds[name] for part in parts), strict=True)
            found[name] = [sum(seconds) / many for seconds in of_rounds]
        return cls(found)


AllTaken = Mapping[tuple[str, str], Taken]  # by engine and set
ALL = 'all of them'


def reader_rows(taken: AllTaken) -> list[Row]:
    """Return what each reader needs for the same texts, and how much more than ours."""
    rows: list[Row] = [(
        *('Server', 'Texts of', 'Reader', 'Texts', 'Characters', 'Given up'),
        *('ms a text', 'Texts/s', 'MB/s', 'Needs of ours'),
    )]  # fmt: skip
    for (engine, whose), measured in taken.items():
        texts = real(engine, whose)
        characters = sum(len(text.text) for text in texts)
        size = sum(len(text.text.encode()) for text in texts)
        for name, make in READERS[engine].items():
            seconds = measured.median(name)
            rows.append((
                *(ENGINES[engine].label, whose, name, str(len(texts)), str(characters)),
                *(str(read_all(make(engine), texts)), f'{seconds / len(texts) * 1000:.3f}'),
                *(f'{len(texts) / seconds:.0f}', f'{size / seconds / 1e6:.2f}'),
                times(measured.ratio(name)),
            ))  # fmt: skip
        rows += [
            (
                *(ENGINES[engine].label, whose, name, '1', '', ''),
                *(f'{measured.median(name) * 1000:.3f}', '', ''),
                times(measured.ratio(name) * len(texts)),
            )
            for name in _starts(engine)
        ]
    return rows


def _starts(engine: str) -> tuple[str, ...]:
    """Return what was started beside the readers of an engine."""
    return tuple(APACHE) if engine == 'apache' else ()


def command_rows(seconds: Mapping[str, float]) -> list[Row]:
    """Return what each command takes."""
    return [('Command', 'ms'), *((name, f'{s * 1000:.1f}') for name, s in seconds.items())]


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


class Target(NamedTuple):
    """What is wanted of a ratio, what it is, and whether that holds."""

    what: str
    wanted: str
    ratio: float
    holds: bool

    @property
    def told(self) -> str:
        """What was measured, in words."""
        return f'{times(self.ratio)}, {"yes" if self.holds else "no"}'


def target_rows(taken: AllTaken) -> list[Row]:
    """Return what is wanted beside others, and whether it holds: a column for each set of texts."""
    sets = {
        engine: [one for (of, _whose), one in taken.items() if of == engine] for engine, _ in taken
    }
    given = {**taken, **{(engine, ALL): Taken.together(parts) for engine, parts in sets.items()}}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for whose, target in _targets(given):
        found.setdefault((target.what, target.wanted), {})[whose] = target.told
    measured = dict.fromkeys(whose for _engine, whose in given)
    return [
        ('What', 'Wanted', *measured),
        *((*asked, *(told.get(whose, '') for whose in measured)) for asked, told in found.items()),
    ]


def _targets(taken: AllTaken) -> Iterator[tuple[str, Target]]:
    """Yield each target with the set of texts that it was measured with."""
    for (engine, whose), measured in taken.items():
        for name in READERS[engine]:
            if name.startswith('apacheconfig'):
                yield whose, _at_least(f'Faster than {name}', 50, measured.ratio(name))
        number = sum(len(real(engine, one)) for one in SETS if whose in {one, ALL})
        for name in _starts(engine):
            what = f'A text, faster than starting {name}'
            yield whose, _at_least(what, 100, measured.ratio(name) * number)
    for reader, ((engine, whose), measured) in product(HIGHLIGHTING, taken.items()):
        whom = reader.replace(',', ' with')
        what = f'{ENGINES[engine].label}: of what {whom} takes to highlight the same'
        yield whose, _at_most(what, 0.5, 1 / measured.ratio(reader))


def linear_rows(costs: Mapping[tuple[str, int], Cost]) -> list[Row]:
    """Return whether time grows no faster than texts and pages do."""
    rows: list[Row] = [('What', 'Wanted', 'Measured')]
    for what, small, large in (*((engine, *OF_A_TEXT) for engine in READERS), OF_A_PAGE):
        if (what, large) in costs:
            ratio = _each(costs[what, large]) / _each(costs[what, small])
            label = 'a page, by blocks' if what == PAGE else f'{ENGINES[what].label}, by size'
            words = f'{label}: time for each character, {large:,} against {small:,}'
            target = _at_most(words.replace(',0', ' 0'), 1.25, ratio)
            rows.append((target.what, target.wanted, target.told))
    return rows


def _at_least(what: str, least: float, ratio: float) -> Target:
    return Target(what, f'at least {times(least)}', ratio, ratio >= least)


def _at_most(what: str, most: float, ratio: float) -> Target:
    return Target(what, f'at most {times(most)}', ratio, ratio <= most)


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
