"""findings(): what the real engine adds to what we say of a block ourselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import Severity, UnknownVersionError
from glance_docs_ext.engines import get_engine
from glance_docs_ext.native import sandbox, verdict
from glance_docs_ext.native.installed import installed
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.page.engine_not_asked import EngineNotAsked
from glance_docs_ext.rules.page.refused_by_engine import RefusedByEngine
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.checker import Checked
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.native.verdicts import Verdict
    from glance_docs_ext.syntax import Document

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
    version = _that_is_meant_by(said, checked.document) if refuses else ''
    rule = RefusedByEngine() if refuses and not version else EngineNotAsked()
    words = f'{version} is installed here, and refuses it: ' if version else ''
    source = checked.document.source
    last = source.text.count('\n') + 1
    line = source.line_span(min(said.line or 1, last))
    yield rule.report(
        checked.document,
        line,
        engine=get_engine(checked.document.engine).label,
        words=shortened(words + said.message, LONGEST_MESSAGE),
    )


def _that_is_meant_by(said: Verdict, document: Document) -> str:
    """Return the version that is installed, if it alone refuses the text; '' otherwise.

    We have no error to tell for the version that the page is written for. Where we have one for
    the installed version, at the line that the engine names, the two differ in it.
    """
    try:
        version = installed(document.engine)
        text = Source(document.source.text, 'text')  # whose lines are those that an engine names
        ours = check(text, document.engine, document.context, version)
    except UnknownVersionError:  # older than the catalogue goes back
        return ''
    lines = {one.place.line for one in ours.diagnostics if one.severity is Severity.ERROR}
    return version if said.line in lines or (said.line is None and lines) else ''
