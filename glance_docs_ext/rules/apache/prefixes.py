"""The path prefixes that Apache maps to something: in their order, the first that fits counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glance_docs_ext.syntax import Document, Placed, Statement, Word

LONGEST = (
    1000  # characters of a prefix; what is longer was not written by hand, and slow to compare
)


class Mapping(NamedTuple):
    """A prefix, and what the paths below it are mapped to."""

    placed: Placed
    prefix: Word
    target: Word


def mappings(document: Document, key: str) -> list[Mapping]:
    """Return the statements ``KEY PREFIX TARGET`` whose two words are all in the text."""
    return document.once(_mappings, key)


def _mappings(document: Document, key: str) -> list[Mapping]:
    return [
        Mapping(placed, words[0], words[1])
        for placed in document.named(key)
        if len(words := placed.statement.arguments) > 1
        and words[0].text.startswith('/')
        and len(words[0].text) <= LONGEST
        and '${' not in placed.statement.rest.text
    ]


def unreachable(found: Sequence[Mapping]) -> Iterable[tuple[Mapping, Mapping]]:
    """Return each mapping that an earlier one in the same section hides, and the earlier one."""
    return _unreachable(found) if len(found) > 1 else ()


def _unreachable(found: Sequence[Mapping]) -> Iterator[tuple[Mapping, Mapping]]:
    earlier: dict[Statement | None, dict[str, Mapping]] = {}
    for mapping in found:
        scope = mapping.placed.scope
        seen = earlier.setdefault(scope.section if scope else None, {})
        prefix = mapping.prefix.text
        hiding = next((seen[path] for path in _hiding(prefix) if path in seen), None)
        if hiding is not None:
            yield mapping, hiding
        seen.setdefault(prefix, mapping)


def _hiding(prefix: str) -> Iterator[str]:
    """Yield the prefixes that take everything below ``prefix``, itself the first."""
    yield prefix
    for index in range(len(prefix) - 1, -1, -1):
        if prefix[index] == '/':
            if index + 1 < len(prefix):
                yield prefix[: index + 1]
            if index:
                yield prefix[:index]
