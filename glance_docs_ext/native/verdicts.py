"""Verdict: what a real engine said of a block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from glance_docs_ext.native.sandbox import Run


class Outcome(StrEnum):
    """What came of asking an engine."""

    ACCEPTED = 'accepted'
    IGNORED = 'ignored'
    """It starts, and nothing of the text has an effect."""
    REFUSED = 'refused'
    """The text is at fault."""
    HOST = 'host'
    """It stopped at something that is not in the text: a file, a user, a name, a missing module."""
    WITHHELD = 'withheld'
    """It was not asked: reading this text would act on it."""
    FAILED = 'failed'
    """It gave no answer in time, or died."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an engine said of a text, or why it was not asked.

    ``line`` is the 1-based line of the text, None where the engine names none; ``message`` is the
    engine's, on one line. ``newer`` is the name that it does not know because it came with a later
    version, if that is why it stopped.
    """

    outcome: Outcome
    message: str = ''
    line: int | None = None
    newer: str = ''

    @property
    def accepts(self) -> bool:
        """Whether the engine accepts the text."""
        return self.outcome in {Outcome.ACCEPTED, Outcome.IGNORED}


ACCEPTED = Verdict(Outcome.ACCEPTED)
SCATTERED = 'its lines belong in different places of the configuration: say the context'


def refused(message: str, line: int | None, host: re.Pattern[str]) -> Verdict:
    """Return the refusal that ``message`` is, of the text or, where ``host`` matches, of more."""
    outcome = Outcome.HOST if host.search(message) else Outcome.REFUSED
    return Verdict(outcome, ' '.join(message.split()), line)


def failure(run: Run) -> Verdict | None:
    """Return the verdict on a run that gave no answer, None where it gave one."""
    reason = run.stopped or (f'it died of signal {run.signal}' if run.signal else '')
    return Verdict(Outcome.FAILED, reason) if reason else None
