"""What the rules about values share: how Apache's directives take their arguments apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rule import StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.rule import Rule
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Statement, Word


class Fault(NamedTuple):
    """What is wrong with a value, and what to do.

    ``by_module`` tells that a module may know the value which is not known here.
    """

    span: Span
    what: str
    remedy: str
    by_module: bool = False


class ValueRule(StatementRule):
    """A rule about how a directive takes its arguments apart.

    Statements that hold a variable which the text does not define are passed over.
    """

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        """Return what is wrong with the values of one statement."""
        raise NotImplementedError

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        faults = self.faults(statement, document)
        if not faults:
            return ()  # as for most, which are no generators then
        found = [*faults]
        if not found or not all_known(statement):
            return ()
        return told(self, found, statement, document, engine)


def told(
    rule: Rule, faults: Iterable[Fault], statement: Statement, document: Document, engine: Engine
) -> Iterator[Diagnostic]:
    """Yield a finding for each fault, but for what a module that the text loads may know."""
    name = statement.name.text
    for span, what, remedy, by_module in faults:
        if not by_module or not document.once(engine.brings_names):
            yield rule.report(document, span, name=name, what=what, remedy=remedy)


# No variable has a colon in its name: that is a map of mod_rewrite, which stays as it is written.
FROM_ELSEWHERE = re.compile(r'\$\{(?![^}]*:[^}]*\})')


def is_known(word: Word) -> bool:
    """Whether the text of ``word`` is the engine's: nothing of it comes from elsewhere."""
    return '${' not in word.text or not FROM_ELSEWHERE.search(word.text)


USUAL = frozenset(('On', 'Off', 'on', 'off'))
"""What stands behind nearly all switches."""


def is_flag(statement: Statement, catalogue: Catalogue) -> bool:
    """Whether ``statement`` is a switch: every entry of its name is one."""
    return all(entry.kind == 'FLAG' for entry in catalogue[statement.key])


def all_known(statement: Statement) -> bool:
    """Whether no argument of ``statement`` holds a variable that the text does not define."""
    return '${' not in statement.rest.text or all(map(is_known, statement.arguments))


def choices(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """Return ``words`` for a message: ``A, B or C``."""
    items = list(words)
    return ' or '.join([', '.join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def closing_comment(word: Word) -> bool:
    """Whether ``word`` is the start of what the author meant as a comment."""
    return word.text.startswith('#')


COMMENT = 'a comment needs a line of its own'
