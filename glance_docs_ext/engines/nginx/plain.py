"""What can be read at a glance: a plain statement, a closing brace, a comment.

Nearly everything that people write is plain: up to four words on one line, in which no character
means anything, and what ends them. The lexer reads all the rest, and would read this the same.
"""

from __future__ import annotations

import re

from glance_docs_ext.engines.nginx.lexer import BUFFER
from glance_docs_ext.engines.nginx.tree import Leaf
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Word

# No quote, escape or brace in a word; no variable in a name, and no elision, which is none. A brace
# that touches the word before it may be a part of it.
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
      (?:[ \t]*+(;)|[ \t]++(\{))
    | (\})
    | (\#[^\n]*+)
    | (\Z)
    )
    """,
    re.VERBOSE,
)
STATEMENT, BLOCK, CLOSE, COMMENT = 5, 6, 7, 8
"""Groups of it; the last one that matched says what was read: the end, where it is none of these.
"""
LONGEST = BUFFER // 4 - 1  # characters that fit into nginx's buffer, whatever they are
_made = tuple.__new__


def leaf(found: re.Match[str], place: int) -> Leaf:
    """Return the statement that ``PLAIN`` found, which ends at ``place``."""
    text, first, second, third = found.group(1, 2, 3, 4)
    start, end = found.span(1)
    name = _made(Word, (text, _made(Span, (start, end))))
    if first is None:
        rest = _made(Word, ('', _made(Span, (end, end))))
        return _made(Leaf, (name, (), rest, name[1], place))
    begin, end = found.span(2)
    word = _made(Word, (first, _made(Span, (begin, end))))
    if second is None:
        return _made(Leaf, (name, (word,), word, _made(Span, (start, end)), place))
    last = _made(Word, (second, _made(Span, found.span(3))))
    arguments: tuple[Word, ...] = (word, last)
    if third is not None:
        last = _made(Word, (third, _made(Span, found.span(4))))
        arguments = (*arguments, last)
    end = last.span.end
    rest = _made(Word, (found.string[begin:end], _made(Span, (begin, end))))
    return _made(Leaf, (name, arguments, rest, _made(Span, (start, end)), place))
