"""Which arguments of a directive its module gets to see, and so can refuse."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Statement, Word

REPEATED = {'ITERATE': 0, 'ITERATE2': 1}
"""Kinds whose function is called for each word, and the number of words that it gets every time."""
OPTIONAL = {'TAKE12': 1, 'TAKE23': 2, 'TAKE123': 1}
"""Kinds whose last words need not be there, and the number of those that must."""


def handed_on(statement: Statement, catalogue: Catalogue) -> tuple[Word, ...]:
    """Return the arguments that reach the function of the directive.

    Where it is called for each word, the first empty one ends the line: ``AllowCONNECT 443 "" x``
    is accepted, and ``Deny x ""`` calls nothing at all. An empty word at the end that may be left
    out is: ``SSLCipherSuite HIGH ""``. Source: ``invoke_cmd()`` of server/config.c; measured with
    Apache 2.4.71.
    """
    words = statement.arguments
    if all(word.text for word in words):
        return words
    kinds = {entry.kind for entry in catalogue[statement.key]}
    if kinds and kinds <= OPTIONAL.keys():
        needed = max(OPTIONAL[kind] for kind in kinds)
        behind = max(number for number, word in enumerate(words, 1) if word.text or number == 1)
        return words[: max(needed, behind)]
    if not kinds or not kinds <= REPEATED.keys():
        return words
    first = max(REPEATED[kind] for kind in kinds)
    seen = tuple(takewhile(lambda word: word.text, words[first:]))
    return words[:first] + seen if seen else ()
