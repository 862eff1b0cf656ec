"""Ask both: what the engine says of a case, and what we say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import NOTICED, Severity
from glance_docs_ext.native.installed import installed
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.rule import READING
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic
    from tools.agreement.cases import Case


class Answer(NamedTuple):
    """``relation`` names how the two verdicts stand to each other: a column of the table."""

    case: Case
    relation: str
    same_line: bool | None
    """Whether one of our errors is at the engine's line, or tells that line as the one that the
    engine names; None unless both refuse at a line."""
    engine_says: str
    we_say: tuple[str, ...]


def judge(case: Case) -> Answer:
    """Return how our verdict on a case stands to that of the engine.

    :raises SandboxError: the engine or bubblewrap is missing
    """
    version = installed(case.engine)
    checked = check(Source(case.text, 'case'), case.engine, case.context, version)
    errors = [
        found
        for found in checked.diagnostics
        if found.severity is Severity.ERROR and found.code[3] in READING
    ]
    said = native.verdict(checked.document)
    same_line = None
    if said.outcome is Outcome.REFUSED and errors and said.line is not None:
        same_line = any(said.line in _lines(found) for found in errors)
    ours = tuple(f'{found.place.line} {found.code} {found.message}' for found in errors)
    if said.newer:  # we were told the version, and are to say the same
        relation = _relation(Outcome.REFUSED, refused=bool(errors))
    elif said.outcome is Outcome.IGNORED:  # what we say of that is a warning
        relation = 'both refuse' if checked.diagnostics else 'miss'
    else:
        relation = _relation(said.outcome, refused=bool(errors))
    words = f'{said.line or "-"} {said.message}' if said.message else ''
    return Answer(case, relation, same_line, words, ours)


def _lines(found: Diagnostic) -> set[int]:
    """Return the lines of a finding, and the one that it says the engine names."""
    lines = set(range(found.place.line, found.place.end_line + 1))
    return lines | {seen.place.line for seen in found.related if seen.message == NOTICED}


def _relation(outcome: Outcome, *, refused: bool) -> str:
    if outcome is Outcome.ACCEPTED:
        return 'false alarm' if refused else 'both accept'
    if outcome is Outcome.REFUSED:
        return 'both refuse' if refused else 'miss'
    return 'not judged'
