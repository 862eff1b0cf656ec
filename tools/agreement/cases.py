"""Case: a text that both are asked about, and where the texts come from."""

from __future__ import annotations

import heapq
import random
import re
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.engines.apache.lines import logical_lines
from glance_docs_ext.inputs import Reader
from glance_docs_ext.native import nginx, uwsgi
from glance_docs_ext.pages import read_page
from glance_docs_ext.rule import PageRule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Source, Span
from tools.agreement.generated import generated
from tools.agreement.mutants import mutants
from tools.agreement.packages import pages, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REPOSITORY = Path(__file__).parents[2]
PAGES = (*REPOSITORY.glob('source/**/*.rst'), *REPOSITORY.glob('tests/sphinx/roots/**/*.rst'))
SAMPLES = REPOSITORY / 'tests' / 'configs'
# What reads another file or loads code: the engine is not asked about a text with it.
ELSEWHERE = {
    'apache': frozenset(('include', 'includeoptional', 'loadfile', 'loadmodule')),
    'nginx': frozenset(('include', 'load_module')),
    'uwsgi': frozenset(('include', 'inherit', 'ini', 'json', 'xml', 'yaml')),
}
IS_HERE = {'nginx': nginx.is_here, 'uwsgi': uwsgi.is_here}
LONGEST = 20_000  # characters of an original
SHARE = 3  # of the cases, one in so many is a mutant; the others cover the catalogue
LEAST = {'apache': 20_000, 'nginx': 5_000, 'uwsgi': 10_000}
"""Cases of a whole run; more where the catalogue needs more."""


class Case(NamedTuple):
    """A text in a context (None: not said), the kind of its fault, and where it comes from."""

    engine: str
    kind: str
    origin: str
    text: str
    context: str | None


def cases(
    engine: str,
    number: int | None,
    seed: int,
    folder: Path | None = None,
    packages: Path | None = None,
) -> list[Case]:
    """Return all originals, and mutants and generated texts to make up ``number``.

    None is a whole run: every generated text, and at least `LEAST` cases.

    Always the same for one seed and one state of the originals; what is new among them changes few
    of the cases that come of the others.

    :param folder: take what is in it for originals, and nothing but mutants of that
    :param packages: take what `packages.fetch` has put into it for originals, too
    """
    given = originals(engine) if folder is None else _without_other_files(files(engine, folder))
    if packages:
        given = chain(given, _without_other_files(packaged(engine, packages)))
    whole = [
        case for case in dict.fromkeys(given) if len(case.text) < LONGEST and case.text.strip()
    ]
    covering = [Case(engine, *rest) for rest in generated(engine, seed)] if folder is None else []
    if number is None:
        number = max(LEAST[engine], len(whole) + SHARE * len(covering) // (SHARE - 1) + 1)
    rest = max(0, number - len(whole))
    mutated = min(max(rest // SHARE, rest - len(covering)), rest)
    # What the engine here cannot be asked comes last, and so mostly not at all.
    by_chance = sorted(_shuffled(covering, seed), key=_is_beyond)[: rest - mutated]
    # A run that is cut short has some of everything.
    return [*whole, *_shuffled([*by_chance, *_mutated(whole, mutated, seed)], seed)]


def _is_beyond(case: Case) -> bool:
    """Whether a generated case is about a name whose module is not here."""
    is_here = IS_HERE.get(case.engine)
    entries = ENGINES[case.engine].catalogue[case.origin]
    return is_here is not None and not any(is_here(entry) for entry in entries)


def _shuffled(found: Iterable[Case], seed: int) -> list[Case]:
    return sorted(found, key=lambda case: random.Random(f'{seed} {case}').random())  # noqa: S311  # repeatable


def originals(engine: str) -> Iterator[Case]:
    """Yield the texts that people wrote: samples, pages, examples of rules, installed files."""
    for path in sorted(SAMPLES.glob(f'{engine}/*/*')):
        if path.suffix in {'.conf', '.ini'}:
            yield _file(engine, 'sample', path)
    for path in sorted(PAGES):
        for block in read_page(str(path), path.read_text('utf-8')).blocks:
            if block.engine == engine:
                name = path.relative_to(REPOSITORY).as_posix()
                yield Case(engine, 'page', name, block.source.text, block.context)
    for rule in all_rules():
        if not isinstance(rule, PageRule):
            for example in chain(rule.bad, rule.good):
                if example.engine == engine:
                    yield Case(engine, 'example', rule.code, example.text, example.context)
    for path in shipped(engine, Path('/')):
        yield _file(engine, 'installed', path)


def packaged(engine: str, folder: Path) -> Iterator[Case]:
    """Yield what `packages.fetch` has put into ``folder``, each text once."""
    seen = set()
    for package in sorted(folder.glob('[!.]*')):
        given = [('package', path) for path in shipped(engine, package)]
        given += [('documentation', path) for path in pages(package)]
        for kind, path in given:
            for case in _read(engine, kind, path, folder, Reader(engine)):
                if case.text.strip() and case.text not in seen:
                    seen.add(case.text)
                    yield case


def files(engine: str, folder: Path) -> Iterator[Case]:
    """Yield what ``configcheck check`` would read of a folder: pages and configuration files."""
    return _read(engine, 'file', folder, folder, Reader())


def _read(engine: str, kind: str, path: Path, folder: Path, reader: Reader) -> Iterator[Case]:
    """Yield what a reader finds for an engine in ``path``, named as it is beneath ``folder``."""
    for read in reader.read(str(path)):
        for block in read.blocks:
            if block.engine == engine:
                name = Path(read.path).relative_to(folder).as_posix()
                yield Case(engine, kind, name, block.source.text, block.context)


def _without_other_files(given: Iterable[Case]) -> Iterator[Case]:
    for case in given:
        yield case._replace(text=without_other_files(case.engine, case.text, case.context))


def without_other_files(engine: str, text: str, context: str | None) -> str:
    """Return ``text`` with blanks for what reads other files, so that its other lines are judged.

    What nginx's own package brings for others to include stays.
    """
    for span in reversed([*_reading_others(engine, text, context)]):
        start, end = span.start, span.end
        end += len(text[end:]) - len(text[end:].lstrip(' \t').removeprefix(';'))
        text = text[:start] + re.sub(r'[^\n]', ' ', text[start:end]) + text[end:]
    return text


def _reading_others(engine: str, text: str, context: str | None) -> Iterator[Span]:
    if engine == 'apache':  # also in branches that are not read, and in macros
        for line in logical_lines(text):
            if next(iter(line.text.split()), '').lower() in ELSEWHERE[engine]:
                yield line.span(0, len(line.text))
        return
    for statement, _scope in ENGINES[engine].parse(Source(text, 'file'), context).placed:
        words = ' '.join(word.text for word in statement.arguments)
        kept = words.removeprefix('/etc/nginx/') in nginx.INCLUDED or words.startswith(':')
        if statement.key in ELSEWHERE[engine] and not kept:
            yield Span(statement.name.start, statement.span.end)


def _file(engine: str, kind: str, path: Path) -> Case:
    text = path.read_bytes().decode('utf-8', 'replace')
    named = text.split('\n', 1)[0].removeprefix('# context: ')
    context = named if named in ENGINES[engine].contexts else None
    if context is None and kind == 'sample' and engine != 'nginx':
        context = {'apache': 'server', 'uwsgi': 'file'}[engine]
    return Case(engine, kind, path.name, text, context)


def _mutated(whole: Iterable[Case], number: int, seed: int) -> Iterator[Case]:
    """Yield single-fault mutants of ``whole``, of each text as many as its share of the lines."""
    given = [case for case in whole if case.kind != 'example' or case.text.count('\n') > 2]
    in_turn = heapq.merge(*(_mutants_of(case, seed) for case in given), key=lambda one: one[0])
    for _turn, case in in_turn:
        if number <= 0:
            break
        if case is not None:
            yield case
            number -= 1


def _mutants_of(case: Case, seed: int) -> Iterator[tuple[float, Case | None]]:
    """Yield without end the mutants of a text, each with its turn, and None where nothing changed.

    The more lines a text has, the sooner is its next turn.
    """
    chance = random.Random(f'{seed} {case}')  # noqa: S311  # it must be the same each time
    weight = min(case.text.count('\n') + 1, 80)
    first = chance.random()
    for number in count():
        turn = (first + number) / weight
        mutant: Case | None = None
        for kind, text in mutants(case.engine, case.text, case.context, chance):
            mutant = Case(case.engine, kind, case.origin, text, case.context)
        yield turn, mutant
