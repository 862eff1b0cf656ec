"""What can be read at a glance: a plain statement, a closing brace, a comment.

Nearly everything that people write is plain: up to four words on one line, in which no character
means anything, and what ends them. The lexer reads all the rest, and would read this the same.
"""

from __future__ import annotations

import re

from glance_docs_ext.engines.nginx.lexer import BUFFER, LUA_BLOCK
from glance_docs_ext.engines.nginx.tree import Leaf
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Word

# No quote, escape or brace in a word; no variable in a name, and no elision, which is none.
PLAIN = re.compile(
    r"""
    [ \t\r\n]*+
    (?:
      ([^ \t\r\n;{}\\$"'\#.\[…][^ \t\r\n;{}\\$"'\#]*+)
      (?:[ \t]++([^ \t\r\n;{}\\"'\#]++)
        (?:[ \t]++([^ \t\r\n;{}\\"'\#]++)
          (?:[ \t]++([^ \t\r\n;{}\\"'\#]++))?+
        )?+
      )?+
      ([ \t]*+)
      ([;{])
    | (\})
    | (\#[^\n]*+)
    )
    """,
    re.VERBOSE,
)
BLANK, STOP, BRACE, COMMENT = 5, 6, 7, 8
"""Groups of it; the last one that matched says what was read."""
_made = tuple.__new__


def leaf(found: re.Match[str]) -> Leaf | None:
    """Return the statement that ``PLAIN`` found, or None where it needs a closer look."""
    start, place = found.span(1)[0], found.start(STOP)
    if (place - start) * 4 >= BUFFER or (found[STOP] == '{' and _may_go_on(found)):
        return None
    name, first, second, third = found.group(1, 2, 3, 4)
    arguments: tuple[Word, ...] = ()
    if first is not None:
        arguments = (_made(Word, (first, _made(Span, found.span(2)))),)
        if second is not None:
            arguments += (_made(Word, (second, _made(Span, found.span(3)))),)
            if third is not None:
                arguments += (_made(Word, (third, _made(Span, found.span(4)))),)
    return _made(Leaf, (_made(Word, (name, _made(Span, found.span(1)))), arguments, place))


def _may_go_on(found: re.Match[str]) -> bool:
    """Whether the brace behind these words may be part of the last, or open a program."""
    return not found[BLANK] or LUA_BLOCK in found[0]
