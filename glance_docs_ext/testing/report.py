"""Follower and Reporter: which tests have passed, written down as proofs.

Each process of a session follows its own tests; the one that people started writes the report.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from glance_docs_ext.proofs import ProofsError, merged, read, render

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from glance_docs_ext.proofs import Proof
    from glance_docs_ext.testing.runs import Runs

TEST: pytest.StashKey[str] = pytest.StashKey()
RUNS_OUTPUT = 'glance_docs_ext.testing.runs'
"""Under what name a worker of xdist hands over its `Runs`."""
WORDS = 'proved'
"""The name under which ``record_property`` takes what a test proves, if not what its name says."""


class Follower:
    """Follows the tests of one process: which variants they prove, and what becomes of them."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs

    @pytest.hookimpl(tryfirst=True)  # in front of what takes tests away: these have not passed
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            item.stash[TEST] = item.nodeid  # xdist changes that of a group's tests later
            for mark in item.iter_markers('proves'):
                self.runs.expect(_key(*mark.args, **mark.kwargs), item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        words = next((str(text) for name, text in report.user_properties if name == WORDS), None)
        self.runs.note(item.stash[TEST], passed=report.passed, words=words)
        return report

    @pytest.hookimpl(tryfirst=True)  # in front of xdist's, which sends it
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if (output := getattr(session.config, 'workeroutput', None)) is not None:
            output[RUNS_OUTPUT] = self.runs.told()


class Reporter:
    """Writes the report at the end of a session, with what workers of xdist tell."""

    def __init__(self, file: Path, runs: Runs) -> None:
        self.file = file
        self.runs = runs
        self.before = _read(file)
        self.proofs: tuple[Proof, ...] = ()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: _Worker) -> None:
        told = getattr(node, 'workeroutput', {}).get(RUNS_OUTPUT)
        if told:  # a process that crashed tells nothing
            self.runs.take(told)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if any('::' in argument for argument in session.config.args):
            return  # tests that were not even collected have not passed
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        self.proofs = tuple(self.runs.proofs(today))
        if self.proofs:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(render(merged(self.before, self.proofs)), encoding='utf-8')

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.write_line(f'{len(self.proofs)} new proofs in {self.file}')
        for reason in self.runs.unproved():
            terminalreporter.write_line(f'not proved: {reason}')


class _Worker(Protocol):
    """A process of xdist, seen from the one that started it; not there if it crashed early."""

    workeroutput: dict[str, Any]


def _read(file: Path) -> tuple[Proof, ...]:
    try:
        return read(file.read_text(encoding='utf-8')) if file.exists() else ()
    except (OSError, UnicodeDecodeError, ProofsError) as error:
        raise pytest.UsageError(f'--deployment-report: cannot read {file}: {error}') from error


def _key(variant: str, setup: str = '') -> tuple[str, str]:
    return variant, setup
