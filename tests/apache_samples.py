"""The samples of Apache configuration, and what a hand that slips makes of them."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.checker import check
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic

SAMPLES = Path(__file__).parent / 'configs' / 'apache'


def samples(kind: str) -> list[Path]:
    """Return the sample files of one kind: ``ok`` or ``bad``."""
    return sorted((SAMPLES / kind).glob('*.conf'))


def text_of(path: Path) -> str:
    return path.read_bytes().decode('utf-8')


def findings(text: str, context: str | None = 'server') -> tuple[Diagnostic, ...]:
    """Return what we say of a text."""
    return check(Source(text, 'x.conf'), 'apache', context).diagnostics


def shown(diagnostics: Iterable[Diagnostic]) -> str:
    return ' '.join(f'{d.place.line}:{d.place.column} {d.code}' for d in diagnostics)


class Mutant(NamedTuple):
    """A text with one fault put in, or what should have been one."""

    kind: str
    origin: str
    text: str


def mutants(seed: int, count: int) -> list[Mutant]:
    """Return ``count`` mutants of the samples that are right, always the same for one seed."""
    chance = random.Random(seed)
    texts = [(path.name, text_of(path)) for path in samples('ok')]
    found: list[Mutant] = []
    while len(found) < count:
        origin, text = chance.choice(texts)
        kind = chance.choice(sorted(KINDS))
        changed = _mutate(kind, text, chance)
        if changed != text:
            found.append(Mutant(kind, origin, changed))
    return found


def _mutate(kind: str, text: str, chance: random.Random) -> str:
    lines = text.split('\n')
    numbers = [n for n, line in enumerate(lines) if line.strip() and line.strip()[0] != '#']
    number = chance.choice(numbers)
    lines[number : number + 1] = KINDS[kind](lines, number, chance)
    return '\n'.join(lines)


def _words(line: str) -> tuple[str, list[str]]:
    indent = line[: len(line) - len(line.lstrip())]
    return indent, line.split()


def _misspelt(lines: list[str], number: int, chance: random.Random) -> list[str]:
    indent, words = _words(lines[number])
    at = chance.randrange(1, max(2, len(words[0])))
    words[0] = words[0][:at] + words[0][at + 1 :]
    return [indent + ' '.join(words)]


def _dropped(lines: list[str], number: int, chance: random.Random) -> list[str]:
    indent, words = _words(lines[number])
    if len(words) > 1:
        del words[chance.randrange(1, len(words))]
    return [indent + ' '.join(words)]


def _added(lines: list[str], number: int, chance: random.Random) -> list[str]:
    extra = chance.choice(['# why', 'extra', '"two words"', 'On', '5'])
    return [f'{lines[number]} {extra}']


def _replaced(lines: list[str], number: int, chance: random.Random) -> list[str]:
    indent, words = _words(lines[number])
    if len(words) > 1:
        at = chance.randrange(1, len(words))
        words[at] = chance.choice(['onn', '-1', '99999999', 'abc', '/x', '*', '1x', '""', 'a=b'])
    return [indent + ' '.join(words)]


def _cut(lines: list[str], number: int, chance: random.Random) -> list[str]:
    line = lines[number]
    return [line[: chance.randrange(1, len(line) + 1)]]


def _swapped_letter(lines: list[str], number: int, chance: random.Random) -> list[str]:
    line = lines[number]
    at = chance.randrange(len(line))
    return [line[:at] + chance.choice('x/"\'<>=-(0 ') + line[at + 1 :]]


def _unquoted(lines: list[str], number: int, chance: random.Random) -> list[str]:
    line = lines[number]
    places = [n for n, character in enumerate(line) if character in '"\'']
    if not places:
        return [line]
    at = chance.choice(places)
    return [line[:at] + line[at + 1 :]]


def _deleted(lines: list[str], number: int, chance: random.Random) -> list[str]:
    return []


def _doubled(lines: list[str], number: int, chance: random.Random) -> list[str]:
    return [lines[number], lines[number]]


def _moved(lines: list[str], number: int, chance: random.Random) -> list[str]:
    """Put a directive of another place here: it may stand there, or it may not."""
    others = [line for line in lines if line.strip() and line.strip()[0] not in '#<']
    return [chance.choice(others), lines[number]] if others else [lines[number]]


def _wrapped(lines: list[str], number: int, chance: random.Random) -> list[str]:
    outer, argument = chance.choice(
        (
            *(('Directory', '/srv'), ('Location', '/a'), ('Files', 'b'), ('VirtualHost', '*:81')),
            *(('RequireAll', ''), ('If', '"true"'), ('Proxy', 'http://c/'), ('Limit', 'GET')),
        )
    )
    if lines[number].lstrip().startswith('<') or lines[number].endswith('\\'):
        return [lines[number]]
    return [f'<{outer} {argument}>' if argument else f'<{outer}>', lines[number], f'</{outer}>']


def _renamed_close(lines: list[str], number: int, chance: random.Random) -> list[str]:
    return [
        re.sub(
            r'^(\s*</)\w+',
            rf'\g<1>{chance.choice(["Directory", "VirtualHost", "If"])}',
            lines[number],
        )
    ]


KINDS = {
    'argument added': _added,
    'argument dropped': _dropped,
    'close renamed': _renamed_close,
    'directive moved': _moved,
    'directive wrapped': _wrapped,
    'letter changed': _swapped_letter,
    'line cut': _cut,
    'line deleted': _deleted,
    'line doubled': _doubled,
    'name misspelt': _misspelt,
    'quote lost': _unquoted,
    'value replaced': _replaced,
}


def refused(text: str) -> bool:
    """Whether we expect the engine to refuse ``text``."""
    return any(d.severity == 'error' for d in findings(text))
