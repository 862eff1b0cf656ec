"""What can be read at a glance: a plain statement, a closing brace, a comment.

Nearly everything that people write is plain: words on one line, each of them whole, and what ends
them. The lexer reads all the rest, and would read this the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx.lexer import BUFFER, ESCAPE, PLACEHOLDER, unescaped
from glance_docs_ext.engines.nginx.tree import leaf
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from glance_docs_ext.engines.nginx.tree import Leaf

LONGEST = BUFFER // 4 - 1  # characters that fit into nginx's buffer, whatever they are
_NAME = rf'[^ \t\r\n;{{}}\\"\'\#]{{1,{LONGEST}}}+'
# A backslash stays in the word before such a character: most of them are in expressions.
_KEPT = r'\\[.dwsbDWSB/()\[\]*+?|^-]'
_PART = rf'[^ \t\r\n;{{}}\\"\'\#]{{0,{LONGEST // 5}}}+'
_MORE = rf'{_KEPT}{_PART}'
# "Or nothing" costs less than a group that may be missing; an atomic group tries it once.
_BARE = rf'(?=[^ \t\r\n;{{}}"\'\#]){_PART}(?>{_MORE}(?:{_MORE}(?:{_MORE}|)|)|)'
_RUN = r'[^ \t\r\n;{}\\$]++|\\[^ \t\r\n]|\$(?>\{[A-Za-z0-9_]*+\}|)'
_DOUBLE = r'(?>(?:[^"\\\n]++|\\[^\n])*)'  # what stands in such quotes
_SINGLE = r"(?>(?:[^'\\\n]++|\\[^\n])*)"
_UNQUOTED = rf"""(?!["'\#])(?>(?:{_RUN})+)"""
_WORD = rf"""(?:"{_DOUBLE}"|'{_SINGLE}'|{_UNQUOTED})"""
_COMMENT = rf'\#[^\n]{{0,{LONGEST - 1}}}+'
_OPENS = rf'\{{(?![{{%]|{PLACEHOLDER}[;/:.\w \t-])'
# A name has no variable in it, and an elision is none. A brace that touches the word before it may
# be a part of it, and two, or one with a percent sign, begin what is a template's.
PLAIN = re.compile(
    rf"""
    [ \t\r\n]*+
    (?:
      ((?![$.\[…<]){_NAME})
      (?>[ \t]++({_BARE})(?:[ \t]++({_BARE})(?:[ \t]++({_BARE})|)|)|)
      (?:[ \t]*+(;)|[ \t]++({_OPENS}))
    | (\}})
    | ({_COMMENT}(?>(?:\n[ \t\r\n]*+{_COMMENT})*)(?![^\n]))
    | (\Z)
    | ((?!["']?(?:\.\.\.|[\[…])|<%|\$\{{){_WORD}(?>(?:[ \t]++{_WORD})*))(?:[ \t]*+;|[ \t]++{_OPENS})
    |
    )
    """,
    re.VERBOSE,
)
STATEMENT, BLOCK, CLOSE, COMMENT, END, WORDS = 5, 6, 7, 8, 9, 10
"""Groups of it; the last one that matched says what was read: up to four bare words and what ends
them, …, any words on one line. Where it is none of these, nothing plain stands there."""
_WORDS = re.compile(rf""""({_DOUBLE})"|'({_SINGLE})'|({_UNQUOTED})""")
_made = tuple.__new__  # half the time of a call of the class


def bare(found: re.Match[str], place: int) -> Leaf:
    """Return the statement of up to four bare words that was found, which ends at ``place``."""
    start, end = found.span(1)
    name = _made(Word, (found[1], start, end))
    first = found[2]  # cheaper one by one than all in one call: most have one
    if first is None:
        return name, (), _made(Word, ('', end, end)), place
    begin, end = found.span(2)
    word = _made(Word, (first, begin, end))
    second = found[3]
    if second is None:
        return name, (word,), word, place
    start, end = found.span(3)
    last = _made(Word, (second, start, end))
    arguments: tuple[Word, ...] = (word, last)
    third = found[4]
    if third is not None:
        start, end = found.span(4)
        arguments = (word, last, _made(Word, (third, start, end)))
    return name, arguments, _made(Word, (found.string[begin:end], begin, end)), place


def words(found: re.Match[str]) -> Leaf | None:
    """Return the statement of any ``WORDS``; None where they may be too long for nginx's buffer."""
    start, end = found.span(WORDS)
    if end - start > LONGEST:
        return None
    text = found.string
    read = [
        _made(Word, (word[word.lastindex or 0], word.start(), word.end()))
        for word in _WORDS.finditer(text, start, end)
    ]
    if text.find('\\', start, end) >= 0 and ESCAPE.search(text, start, end):
        read = [_made(Word, (unescaped(word), *place)) for word, *place in read]
    return leaf(read, found.end() - 1, text)
