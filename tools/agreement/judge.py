"""Ask both: what the engine says of a case, and what we say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.native.verdict import Outcome
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from tools.agreement.cases import Case

READING = frozenset('123')
"""The first digits of the codes that are about reading: syntax, names and values, what was removed.
The other errors say that a deployment cannot answer; the engine, which only reads, accepts that."""


class Answer(NamedTuple):
    """``relation`` names how the two verdicts stand to each other: a column of the table."""

    case: Case
    relation: str
    same_line: bool | None
    """Whether one of our errors is at the engine's line; None unless both refuse at a line."""
    engine_says: str
    we_say: tuple[str, ...]


def judge(case: Case) -> Answer:
    """Return how our verdict on a case stands to that of the engine.

    :raises SandboxError: the engine or bubblewrap is missing
    """
    checked = check(Source(case.text, 'case'), case.engine, case.context)
    errors = [
        found
        for found in checked.diagnostics
        if found.severity is Severity.ERROR and found.code[3] in READING
    ]
    said = native.verdict(checked.document)
    same_line = None
    if said.outcome is Outcome.REFUSED and errors and said.line is not None:
        same_line = said.line in {
            line for found in errors for line in range(found.place.line, found.place.end_line + 1)
        }
    ours = tuple(f'{found.place.line} {found.code} {found.message}' for found in errors)
    if said.outcome is Outcome.IGNORED:  # what we say of that is a warning
        relation = 'both refuse' if checked.diagnostics else 'miss'
    else:
        relation = _relation(said.outcome, refused=bool(errors))
    words = f'{said.line or "-"} {said.message}' if said.message else ''
    return Answer(case, relation, same_line, words, ours)


def _relation(outcome: Outcome, *, refused: bool) -> str:
    if outcome is Outcome.ACCEPTED:
        return 'false alarm' if refused else 'both accept'
    if outcome is Outcome.REFUSED:
        return 'both refuse' if refused else 'miss'
    return 'not judged'
