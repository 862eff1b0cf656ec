"""What the rules about values share: how Apache's directives take their arguments apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.rule import Rule
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Statement, Word


class Fault(NamedTuple):
    """What is wrong with a value, and what to do."""

    span: Span
    what: str
    remedy: str


def is_known(word: Word) -> bool:
    """Whether the text of ``word`` is the engine's: nothing of it comes from elsewhere."""
    return '${' not in word.text


def flags(document: Document, catalogue: Catalogue) -> list[Statement]:
    """Return the statements of switches: every entry of their name is one."""
    return document.once(_flags, catalogue)


def _flags(document: Document, catalogue: Catalogue) -> list[Statement]:
    switches = [key for key in document.keys if key in catalogue and _is_flag(catalogue, key)]
    return [statement for statement, _scope in document.named(*switches)]


@cache
def _is_flag(catalogue: Catalogue, key: str) -> bool:
    return all(entry.kind == 'FLAG' for entry in catalogue[key])


def all_known(statement: Statement) -> bool:
    """Whether no argument of ``statement`` holds a variable that the text does not define."""
    return '${' not in statement.rest.text or all(map(is_known, statement.arguments))


def reported(
    rule: Rule, document: Document, faults: Callable[[Statement], Iterable[Fault]]
) -> Iterator[Diagnostic]:
    """Yield the finding of ``rule`` for each of the ``faults`` of the statements that it names.

    Statements that hold a variable which the text does not define are passed over.
    """
    for statement, _scope in rule.statements(document):
        found = [*faults(statement)]
        if found and all_known(statement):
            name = statement.name.text
            for span, what, remedy in found:
                yield rule.report(document, span, name=name, what=what, remedy=remedy)


def aliased(document: Document, key: str) -> frozenset[str]:
    """Return the names that sections such as ``<AuthnProviderAlias provider NAME>`` define."""
    return frozenset(
        word.text for section, _scope in document.named(key) for word in section.arguments[1:2]
    )


def choices(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """Return ``words`` for a message: ``A, B or C``."""
    items = list(words)
    return ' or '.join([', '.join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def closing_comment(word: Word) -> bool:
    """Whether ``word`` is the start of what the author meant as a comment."""
    return word.text.startswith('#')


COMMENT = 'a comment needs a line of its own'
