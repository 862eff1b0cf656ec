"""Lines that are read at a glance, as the reader of any line would: nearly all of them.

A name has letters, digits and the like in it, and nothing that means something; no line goes on in
the next, none holds a variable that is known. All lines of a text are found in one pass.
"""

from __future__ import annotations

import re

from glance_docs_ext.engines.apache.lines import BARE, BLANK, GOES_ON, Line
from glance_docs_ext.engines.apache.words import BLANKS, words_at
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Statement, Word

# What a line is, by the number of the last group of LINE that has found something: a directive and
# what stands behind its name (nothing, a word, others with blanks before each, anything), …
NAME, WORD, OTHERS, ANY = 1, 2, 3, 4
COMMENT = 5
CLOSING = 6
TAG, TAG_WITH_WORD, TAG_WITH_ANY = 7, 8, 9
OTHER = 10

_SPACE = r' \t\n\v\f\r'
_PART = rf'[^{_SPACE}"\'\\]*+'
# A word that means what is written: a backslash hides nothing but another one.
_MORE = rf'\\[^{_SPACE}"\'\\]{_PART}'
WHOLE = rf'(?=[^{_SPACE}"\']){_PART}(?>{_MORE}(?:{_MORE})*|)'
LINE = re.compile(
    rf"""[{_SPACE}]*+(?:
    ([A-Za-z][A-Za-z0-9_]*+)
        (?: {BLANK}++ (?:
            ({WHOLE})(?>([ ]++{WHOLE}(?>(?:[ ]++{WHOLE})*))|){BLANK}*+$ | ([^\n]*[^{_SPACE}]) )
        | {BLANK}*+$ )
    | (\#[^\n]*+(?>(?:\n[{_SPACE}]*+\#[^\n]*+)*))
    | </([A-Za-z]++)>{BLANK}*+$
    | (<[A-Za-z]++)
        (?: {BLANK}++
            (?: ([^{_SPACE}"'\\<>]++)
            | ((?>(?:[<>]=?{BLANK}++)?)[^<>\n]*[^<>{_SPACE}]) ) {BLANK}*+
        )? >{BLANK}*+$
    | ([^\n]*[^{_SPACE}])
    )""",
    re.MULTILINE | re.VERBOSE,
)
# What stands between such words is passed over: blanks, and the backslash of a line that goes on.
WORD_OF_SEVERAL_LINES = re.compile(rf"""({BARE})|"([^"]*+)"|'([^']*+)'""")

_made = tuple.__new__  # half the time of a call of the class


def directive(found: re.Match[str], kind: int, contexts: frozenset[str]) -> Statement:
    """Return what a line says that is ``NAME argument*`` and stands in ``contexts``."""
    name = found[NAME]
    start, end = found.span(NAME)
    word = _made(Word, (name, start, end))
    if kind == NAME:
        return Statement(name.lower(), word, (), Word('', end, end), contexts)
    arguments: tuple[Word, ...]
    if kind == OTHERS:
        rest, arguments = _several(found)
    else:
        begin, end = found.span(kind)
        rest = _made(Word, (found[kind], begin, end))
        is_one = kind == WORD
        arguments = (rest,) if is_one else _quoted(rest) or words_at(found.string, begin, end)
    return _made(Statement, (name.lower(), word, arguments, rest, contexts, None))


def continued(found: re.Match[str], contexts: frozenset[str]) -> Statement:
    """Return what a line of `lines.CONTINUED` says that stands in ``contexts``."""
    name = found[1]
    begin, end = found.span(2)
    arguments = tuple(
        _made(Word, (word[word.lastindex or 0], *word.span()))
        for word in WORD_OF_SEVERAL_LINES.finditer(found.string, begin, end)
    )
    rest = _made(Word, (GOES_ON.sub('', found[2]), begin, end))
    word = _made(Word, (name, *found.span(1)))
    return _made(Statement, (name.lower(), word, arguments, rest, contexts, None))


def _several(found: re.Match[str]) -> tuple[Word, tuple[Word, ...]]:
    """Return the text behind a name, which is words between blanks, and these."""
    others = found[OTHERS]
    start, end = found.span(WORD)
    first = _made(Word, (found[WORD], start, end))
    rest = _made(Word, (first[0] + others, start, end + len(others)))
    if others.rfind(' ') == 0:  # as most
        return rest, (first, _made(Word, (others[1:], end + 1, rest[2])))
    words = [first]
    for text in others[1:].split(' '):
        start = end + 1
        end = start + len(text)
        if text:
            words.append(_made(Word, (text, start, end)))
    return rest, tuple(words)


def _quoted(rest: Word) -> tuple[Word, ...]:
    """Return the one word that is written in quotes, if that is all: a path, most often."""
    written, start, end = rest
    if written[0] == '"' and written.find('"', 1) == len(written) - 1 and '\\' not in written:
        return (_made(Word, (written[1:-1], start, end)),)
    return ()


def section(found: re.Match[str], kind: int, contexts: frozenset[str]) -> Statement:
    """Return what a line opens that is ``<NAME argument*>`` and stands in ``contexts``."""
    name = found[TAG]
    start, end = found.span(TAG)
    arguments: tuple[Word, ...]
    if kind == TAG:
        end += 1  # the bracket, for it touches the name
        rest = _made(Word, ('', end, end))
        arguments = ()
    else:
        begin, behind = found.span(kind)
        rest = _made(Word, (found[kind], begin, behind))
        is_one = kind == TAG_WITH_WORD
        arguments = (rest,) if is_one else _quoted(rest) or words_at(found.string, begin, behind)
    word = _made(Word, (f'{name}>', start, end))
    return _made(Statement, (name.lower(), word, arguments, rest, contexts, []))


def closing(found: re.Match[str]) -> tuple[str, Span]:
    """Return the name in a line that is ``</NAME>``, and where the tag was written."""
    start, end = found.span(CLOSING)
    return found[CLOSING], _made(Span, (start - 2, end + 1))


def line(found: re.Match[str]) -> Line:
    """Return a line of any kind, for those who look closer."""
    text = found[0].lstrip(BLANKS)
    return Line(text.rstrip(BLANKS), found.end() - len(text))
