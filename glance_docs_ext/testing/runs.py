"""Runs: which variants have passed all of their tests, and so are proved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.proofs import Proof, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Key = tuple[str, str]
"""A variant, and its setup."""


class RunsError(GlanceDocsError):
    """A test says of a variant what does not fit what was said before."""


class Runs:
    """What the tests of each variant are, what it was run with, and what became of them."""

    def __init__(self) -> None:
        self._tests: dict[Key, dict[str, str]] = defaultdict(dict)  # test -> its words
        self._outcomes: dict[str, bool] = {}
        self._words: dict[str, str] = {}
        self._used: dict[Key, tuple[dict[str, str], dict[str, str]]] = {}

    def expect(self, key: Key, test: str) -> None:
        """Note that ``test``, a pytest node id, has to pass before the variant is proved."""
        self._tests[key][test] = readable(test)

    def use(self, key: Key, blocks: Mapping[str, str], versions: Mapping[str, str]) -> None:
        """Note the texts of the blocks that a variant runs with, and the programs' versions.

        :raises RunsError: it was run with others before
        """
        digests = {name: digest(text) for name, text in blocks.items()}
        self._note_used(key, (digests, dict(versions)))

    def _note_used(self, key: Key, used: tuple[dict[str, str], dict[str, str]]) -> None:
        if self._used.setdefault(key, used) != used:
            raise RunsError(f'{shown(key)} was run with other blocks or programs before')

    def note(self, test: str, *, passed: bool, words: str | None = None) -> None:
        """Note what became of one phase of a test, and what it proved if not what its name says.

        :param words: '' where it proved nothing of this variant
        """
        self._outcomes[test] = passed and self._outcomes.get(test, True)
        if words is not None:
            self._words[test] = words

    def told(self) -> list[Any]:
        """Return all that was noted, as plain lists and dictionaries for another process."""
        tests = [[*key, list(tests)] for key, tests in self._tests.items()]
        used = [[*key, *used] for key, used in self._used.items()]
        return [tests, used, self._outcomes, self._words]

    def take(self, told: list[Any]) -> None:
        """Note what another process has `told`; each test was run by one process at most.

        :raises RunsError: a variant was run with other blocks or programs there
        """
        tests, used, outcomes, words = told
        for variant, setup, names in tests:
            for test in names:
                self.expect((variant, setup), test)
        for variant, setup, digests, versions in used:
            self._note_used((variant, setup), (digests, versions))
        self._outcomes.update(outcomes)
        self._words.update(words)

    def proofs(self, date: str) -> Iterator[Proof]:
        """Yield a proof of each variant all of whose tests ran and passed."""
        for key, tests in self._tests.items():
            if key not in self._used or self.lacking(key):
                continue
            blocks, versions = self._used[key]
            words = (self._words.get(test, name) for test, name in tests.items())
            passed = tuple(word for word in dict.fromkeys(words) if word)
            yield Proof(*key, date=date, blocks=blocks, versions=versions, passed=passed)

    def unproved(self) -> Iterator[str]:
        """Yield, in words, each variant that ran and is not proved."""
        for key, tests in self._tests.items():
            if key in self._used and (lacking := self.lacking(key)):
                yield f'{shown(key)}: {lacking} of {len(tests)} tests have not passed'

    def lacking(self, key: Key) -> int:
        """Return how many tests of a variant have not passed."""
        return sum(not self._outcomes.get(test, False) for test in self._tests[key])


def readable(test: str) -> str:
    """Return the name of a test as words: ``a.py::test_it_runs[x]`` is "it runs"."""
    name = test.partition('[')[0].rpartition('::')[2]
    return name.removeprefix('test_').replace('_', ' ')


def shown(key: Key) -> str:
    """Return a variant and its setup for people."""
    variant, setup = key
    return f'{variant} ({setup})' if setup else variant
