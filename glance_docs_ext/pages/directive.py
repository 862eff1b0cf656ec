"""A directive of a reStructuredText page, taken apart as docutils does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.pages.literals import Literal, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.pages.literals import Line

NO_CONTENT = frozenset({'literalinclude', 'include', 'highlight'})
FIELD = re.compile(r':(?![: ])(?:[^:\\]|\\.|:(?!(?:[ `]|$)))*(?<! ):(?: +|$)')


def literal(name: str, argument: str, first: Line, block: Sequence[Line]) -> Literal | None:
    """Take a directive apart as docutils does (``parse_directive_block``), None where it refuses.

    What stands before the first blank line is the argument and the options, the rest is content.

    :param first: the line with the name and the ``argument`` behind it, ``block`` the lines below
    """
    indent = indentation(block)
    pieces = pieces_of(block, indent)
    if not argument and pieces and not pieces[0].text:
        head = 0
    else:
        head = next((index for index, piece in enumerate(pieces) if not piece.text), len(pieces))
    below = [piece.text for piece in pieces[:head]]
    start = next((index for index, text in enumerate(below) if FIELD.match(text)), head)
    words = ' '.join((argument, *below[:start])).split()
    options = _options(below[start:])
    if options is None:
        return None
    if name in NO_CONTENT:  # the name of a file may have spaces
        words = [' '.join(words)]
    elif name == 'code-tab':
        words = words[:1]  # the rest is the title of the tab
    if len(words) > 1 or (name in NO_CONTENT and pieces[head:]):
        return None
    content = dedented(_trimmed(pieces[head:]), options.get('dedent'))
    return Literal(name, ''.join(words), content, (first, *block[:head]), options)


def is_text(include: Literal) -> bool:
    """Whether what an ``include`` brings is text of the page, and not shown as it stands."""
    return not {'literal', 'code'} & include.options.keys()


def _options(lines: Sequence[str]) -> dict[str, str] | None:
    """Read ``(FIELD deeper-line*)*``: the options by name, None where there is something else."""
    options: dict[str, str] = {}
    name = ''
    for line in lines:
        if found := FIELD.match(line):
            name = found[0].strip()[1:-1].lower()
            options[name] = line[found.end() :].strip()
        elif line.startswith(' '):
            options[name] = f'{options[name]} {line.strip()}'.strip()
        else:
            return None
    return options


def indentation(block: Sequence[Line]) -> int:
    """Return how many columns all lines that are not blank have at their front."""
    return min((line.indent for line in block if line.text), default=0)


def pieces_of(block: Sequence[Line], indent: int) -> tuple[Piece, ...]:
    """Return the lines of ``block`` without the page's indentation."""
    return tuple(Piece(line, indent) for line in block)


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Take blank lines off the front; there are none at the end of a block."""
    first = next((index for index, piece in enumerate(pieces) if piece.text), len(pieces))
    return pieces[first:]


def dedented(pieces: tuple[Piece, ...], dedent: str | None) -> tuple[Piece, ...]:
    """Take more columns off the front of each line, as the option ``dedent`` asks.

    ``dedent`` is None where it is not set, '' for as much as all lines have.
    """
    if dedent is None:
        return pieces
    common = min((_margin(piece.text) for piece in pieces if piece.text.strip()), default=0)
    columns = int(dedent) if dedent.isdecimal() else common
    return tuple(Piece(piece.line, piece.removed + columns) for piece in pieces)


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip(' '))
