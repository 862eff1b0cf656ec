"""The text of a block that a page takes from a file, the whole of it or a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.pages.directive import dedented
from glance_docs_ext.pages.files import CannotShowError
from glance_docs_ext.pages.literals import Piece, lines_of
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glance_docs_ext.pages.files import Tree
    from glance_docs_ext.pages.literals import Line, Literal

NOT_PARTS = ('diff', 'pyobject')
"""Options of ``literalinclude`` that make something else of a file than a part of it."""


def whole(literal: Literal, page: str, tree: Tree) -> Source:
    """Return the file that ``:file:`` names.

    :raises CannotShowError: it is not a text file of the tree
    """
    path = tree.path(literal.options['file'], page)
    text = tree.text(path)
    if 'dedent' not in literal.options:
        return Source(text, path)
    pieces = tuple(Piece(line, 0) for line in lines_of(text, path))
    return _source(dedented(pieces, literal.options['dedent']), path)


def part(literal: Literal, page: str, tree: Tree) -> Source:
    """Return what ``literalinclude`` shows of a file (``LiteralIncludeReader`` in Sphinx).

    :raises CannotShowError: it is not a text file of the tree, or has no such part
    """
    options = literal.options
    if any(option in options for option in NOT_PARTS):
        raise CannotShowError('it is not shown as it is', 'show lines of it')
    path = tree.path(literal.argument, page)
    lines = _picked(_between(lines_of(tree.text(path), path), options), options.get('lines', ''))
    if not lines:
        raise CannotShowError('it has no such lines', 'name lines that it has')
    pieces = dedented(tuple(Piece(line, 0) for line in lines), options.get('dedent'))
    return _source(pieces, path)


def included(lines: list[Line], options: Mapping[str, str]) -> list[Line]:
    """Return the part of a file that ``include`` brings into a page, whole lines of it."""
    start, end = (_integer(options.get(name)) for name in ('start-line', 'end-line'))
    lines = lines[start:end]
    if text := options.get('start-after'):
        lines = lines[_index(lines, text, 0) + 1 :]
    if text := options.get('end-before'):
        lines = lines[: _index(lines, text, 0)]
    return lines


def _integer(value: str | None) -> int | None:
    try:
        return int(value) if value else None
    except ValueError:
        return None


def _between(lines: list[Line], options: Mapping[str, str]) -> list[Line]:
    """Return the lines from the one that is named as the first to the one named as the last."""
    for option, behind in (('start-at', 0), ('start-after', 1)):
        if text := options.get(option):
            lines = lines[_index(lines, text, 0) + behind :]
    for option, behind in (('end-at', 1), ('end-before', 0)):
        if text := options.get(option):
            # What it ends before cannot be its first line.
            lines = lines[: _index(lines, text, 1 - behind) + behind]
    return lines


def _index(lines: list[Line], text: str, start: int) -> int:
    """Return the index of the first line that holds ``text``, all lines where none does."""
    return next(
        (index for index in range(start, len(lines)) if text in lines[index].physical), len(lines)
    )


def _picked(lines: list[Line], spec: str) -> list[Line]:
    """Return the lines that ``spec`` names, such as ``1,3,5-10,20-``."""
    if not spec:
        return lines
    picked = []
    for item in spec.split(','):
        first, dash, last = item.strip().partition('-')
        start = int(first) if first.isdecimal() else 1
        end = int(last) if last.isdecimal() else len(lines) if dash else start
        picked += lines[start - 1 : end]
    return picked


def _source(pieces: Iterable[Piece], path: str) -> Source:
    taken = tuple(pieces)
    text = '\n'.join(piece.text for piece in taken)
    return Source(text, path, tuple(piece.line.origin(piece.removed) for piece in taken))
