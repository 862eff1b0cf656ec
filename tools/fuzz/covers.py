"""uncovered(): the text that the tree of a block does not account for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document

# What may stand between words and comments, by engine. Apache reads nothing behind the ">" of a
# section, nor behind a NUL.
BETWEEN = {
    'apache': re.compile(
        r"""(?:[ \t\n\v\f\r\\]++|(?:>|\0|["']?<(?:\\\r?\n)*+/)(?:\\\r?\n|[^\n])*+)*+"""
    ),
    'nginx': re.compile(r'[ \t\r\n;{}]*'),
    'uwsgi': re.compile(r'(?:[ \t\r\n=]|\[[^\n]*)*'),
}

ANOTHER_SECTION = re.compile(r'^[ \t\r]*\[(?!uwsgi\][ \t\r]*$)', re.MULTILINE)


def uncovered(document: Document) -> list[str]:
    """Return what stands between the words and comments and is no word itself.

    Of a text with a fault, the tree keeps what it could make sense of; of a branch that is not
    read, of Lua and of the sections that uWSGI does not apply it keeps nothing. There is no answer
    for these.
    """
    text = document.source.text
    if document.problems or _keeps_less(document):
        return []
    between = BETWEEN[document.engine]
    gaps = []
    at = 0
    for span in sorted(_pieces(document), key=lambda span: (span.start, span.end)):
        if not between.fullmatch(text, at, max(at, span.start)):
            gaps.append(text[at : span.start])
        at = max(at, span.end)
    if not between.fullmatch(text, at):
        gaps.append(text[at:])
    return gaps


def _pieces(document: Document) -> Iterator[Span]:
    for statement, _ in document.placed:
        yield statement.name.span
        yield from (word.span for word in statement.arguments)
    yield from (Span(*remark) for remark in document.remarks)


def _keeps_less(document: Document) -> bool:
    text = document.source.text
    if document.engine == 'nginx':
        return '_by_lua_block' in text
    if document.engine == 'uwsgi':
        loops = any(key.startswith('for') for key in document.keys)  # one may run not even once
        return loops or '%' in text or ANOTHER_SECTION.search(text) is not None
    return any(
        not statement.body and statement.body is not None for statement, _ in document.placed
    )
