"""Words: how Apache cuts the text behind a name up."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.lines import Line

BLANKS = ' \t\n\v\f\r'  # apr_isspace() in the C locale; a no-break space is none of them

# A word of ap_getword_conf(), server/util.c: a quote counts at the start of a word only, a quoted
# word may lack its end, and what follows an end quote at once is the next word.
WORD = re.compile(
    rf"""
    "((?>(?:[^"\\]++|\\["\\]?+)*))"?+
    | '((?>(?:[^'\\]++|\\['\\]?+)*))'?+
    | ([^{BLANKS}]++)
    """,
    re.VERBOSE,
)
# What a backslash hides in each of the three groups of a WORD: in double quotes, single, none.
ESCAPED = (re.compile(r'\\(["\\])'), re.compile(r"\\(['\\])"), re.compile(r'\\(\\)'))
HIDDEN = itemgetter(1)

_made = tuple.__new__  # half the time of a call of the class


def words(line: Line, start: int, end: int) -> list[Word]:
    """Return the words between two indexes of the line's text, as ap_getword_conf() reads them."""
    found = WORD.finditer(line.text, start, end)
    return [Word(_text(match), *line.span(*match.span())) for match in found]


def words_at(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words between two offsets of a text, none of which goes on in another line."""
    found = WORD.finditer(text, start, end)
    if text.find('\\', start, end) < 0:
        return tuple([_made(Word, (word[word.lastindex or 0], *word.span())) for word in found])
    return tuple([_made(Word, (_text(word), *word.span())) for word in found])


def word_at(text: str, start: int) -> Word | None:
    """Return the word that starts at ``start`` of a text, None where none does."""
    found = WORD.match(text, start)
    return Word(_text(found), *found.span()) if found else None


def end_of_word(text: str, start: int) -> int:
    """Return the index behind the word that starts at ``start``."""
    found = WORD.match(text, start)
    return found.end() if found else start


def _text(match: re.Match[str]) -> str:
    """Return what a WORD means: without its quotes and the backslashes that hide something."""
    group = match.lastindex or 0
    word = match[group]
    return ESCAPED[group - 1].sub(HIDDEN, word) if '\\' in word else word
