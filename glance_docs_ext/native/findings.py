"""findings(): what the real engine adds to what we say of a block ourselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines import get_engine
from glance_docs_ext.native import sandbox, verdict
from glance_docs_ext.native.verdict import Outcome
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.page.engine_not_asked import EngineNotAsked
from glance_docs_ext.rules.page.refused_by_engine import RefusedByEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.checker import Checked
    from glance_docs_ext.diagnostics import Diagnostic

LONGEST_MESSAGE = 200  # characters of the engine's words


def findings(checked: Checked) -> Iterator[Diagnostic]:
    """Ask the installed engine about a block that was checked; yield what is news.

    :raises SandboxError: the engine or bubblewrap is missing, or does not start
    """
    sandbox.bubblewrap()  # so that it is missed by a text, too, that no engine is given
    said = verdict(checked.document)
    if said.accepts:
        return
    refuses = said.outcome is Outcome.REFUSED
    if refuses and any(found.severity is Severity.ERROR for found in checked.diagnostics):
        return  # one fault gives one finding, and the engine stops at its first
    rule = RefusedByEngine() if refuses else EngineNotAsked()
    source = checked.document.source
    last = source.text.count('\n') + 1
    line = source.line_span(min(said.line or 1, last))
    yield rule.report(
        checked.document,
        line,
        engine=get_engine(checked.document.engine).label,
        words=shortened(said.message, LONGEST_MESSAGE),
    )
