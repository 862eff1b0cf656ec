"""Lines that nginx reads as more words of the line above: what its author may not have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.nginx.tree import Block, Leaf


def swallowed(
    long: Iterable[tuple[Leaf, Block]], text: str, catalogue: Catalogue
) -> Iterator[Problem]:
    """Yield one problem for each of the ``long`` statements that swallows a line.

    :param long: statements that have no block, and the block that each stands in
    """
    for (name, words, _rest, _place), block in long:
        for index, word in enumerate(words[1:], 1):
            between = text[words[index - 1].end : word.start]
            behind = len(words) - index - 1
            if '\n' in between and _is_statement(word.text, behind, block.inside, catalogue):
                values = {'name': shortened(word.text), 'above': name.text}
                yield Problem('swallowed-line', word.span, values)
                break


def _is_statement(name: str, count: int, here: frozenset[str], catalogue: Catalogue) -> bool:
    """Whether ``name`` and ``count`` words behind it are a directive that may stand ``here``."""
    return count > 0 and any(
        'block' not in entry.flags
        and bool(here & entry.contexts)
        and (entry.arity is None or entry.arity.accepts(count))
        for entry in catalogue[name]
    )
