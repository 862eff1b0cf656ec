"""seeds(): what the fuzzers start from: samples, the examples of the rules, pages of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.rule import DeploymentRule, PageRule
from glance_docs_ext.rules import all_rules
from tools.fuzz.targets import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
FOUND = REPOSITORY / 'tests' / 'found'
"""What fuzzers have found, by target: the suite gives each file to its target again."""

LONGEST = 5000  # bytes: what is longer slows the fuzzer down


def seeds(target: str) -> Iterator[bytes]:
    """Yield the texts that a target starts from, as bytes that it takes."""
    yield from (path.read_bytes() for path in sorted((FOUND / target).glob('*')))
    for data in _texts(target):
        if len(data) <= LONGEST:
            yield data


def _texts(target: str) -> Iterator[bytes]:
    if target == 'deployment':
        yield from _deployments()
    elif target == 'md':
        yield from _blocks('```', '```{code-block} ')
    elif target in {'rst', 'notes'}:
        for path in sorted(REPOSITORY.glob('source/**/*.rst')):
            text = path.read_text('utf-8')
            yield from (part.encode() for part in text.split('\n\n\n'))
    else:
        for path in sorted((REPOSITORY / 'tests' / 'configs' / target).glob('*/*')):
            yield b'\0' + path.read_bytes()
        for rule in all_rules():
            for example in () if isinstance(rule, PageRule) else (*rule.bad, *rule.good):
                if example.engine == target:
                    yield f'\0{example.text}'.encode()


def _deployments() -> Iterator[bytes]:
    letters = {'apache': 'c', 'nginx': 'a', 'uwsgi': 'b'}  # by their remainder
    for rule in all_rules():
        if isinstance(rule, DeploymentRule):
            for examples in (rule.bad, rule.good):
                yield CUT.join(f'{letters[e.engine]}{e.text}' for e in examples).encode()


def _blocks(*fences: str) -> Iterator[bytes]:
    for rule in all_rules():
        for example in () if isinstance(rule, PageRule) else rule.bad:
            for fence in fences:
                opening = f'{fence}{example.engine}'
                yield f'# A page\n\n{opening}\n{example.text}\n```\n\nText.\n'.encode()
