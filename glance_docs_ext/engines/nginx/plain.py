"""What can be read at a glance: a plain statement, a closing brace, a comment.

Nearly everything that people write is plain: up to four words on one line, in which no character
means anything, and what ends them. The lexer reads all the rest, and would read this the same.
"""

from __future__ import annotations

import re

from glance_docs_ext.engines.nginx.lexer import BUFFER
from glance_docs_ext.engines.nginx.tree import Leaf
from glance_docs_ext.syntax import Word

# No quote, escape or brace in a word; no variable in a name, and no elision, which is none. A brace
# that touches the word before it may be a part of it, and two begin what a template fills in.
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
      (?:[ \t]*+(;)|[ \t]++(\{)(?!\{))
    | (\})
    | (\#[^\n]*+(?:\n[ \t\r\n]*+\#[^\n]*+)*+)
    | (\Z)
    )
    """,
    re.VERBOSE,
)
STATEMENT, BLOCK, CLOSE, COMMENT = 5, 6, 7, 8
"""Groups of it; the last one that matched says what was read: the end, where it is none of these.
"""
LONGEST = BUFFER // 4 - 1  # characters that fit into nginx's buffer, whatever they are
_made = tuple.__new__  # half the time of a call of the class


def is_too_long(found: re.Match[str]) -> bool:
    """Whether nginx's buffer may be too short for what was found; for comments, for one of them."""
    comments = found[COMMENT]
    return not comments or max(map(len, comments.split('\n'))) > LONGEST


def leaf(found: re.Match[str], place: int) -> Leaf:
    """Return the statement that ``PLAIN`` found, which ends at ``place``."""
    text, first, second, third = found.group(1, 2, 3, 4)
    start, end = found.span(1)
    name = _made(Word, (text, start, end))
    if first is None:
        return _made(Leaf, (name, (), _made(Word, ('', end, end)), place))
    begin, end = found.span(2)
    word = _made(Word, (first, begin, end))
    if second is None:
        return _made(Leaf, (name, (word,), word, place))
    start, end = found.span(3)
    last = _made(Word, (second, start, end))
    arguments: tuple[Word, ...] = (word, last)
    if third is not None:
        start, end = found.span(4)
        last = _made(Word, (third, start, end))
        arguments = (*arguments, last)
    rest = _made(Word, (found.string[begin:end], begin, end))
    return _made(Leaf, (name, arguments, rest, place))
