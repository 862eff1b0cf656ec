"""options(text, count): what mod_wsgi reads behind a name or a script, as ``option=value``."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.words import BLANKS, WORD, word_at
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Statement

NAME = re.compile(rf'([^={BLANKS}]++)=[{BLANKS}]*+')
NOT_BLANK = re.compile(rf'[^{BLANKS}]')


class Option(NamedTuple):
    """An option, its value, and where it stands in the text; it has no name without a "="."""

    name: str
    value: str
    start: int
    end: int


def options(text: str, count: int) -> Iterator[Option]:
    """Yield the options behind the first ``count`` words, up to the first that cannot be read.

    ``wsgi_parse_option()`` reads a name up to "=", and behind that a word, which may be in quotes
    and have blanks before it. To Apache itself these are other words.
    """
    end = 0
    for word in islice(WORD.finditer(text), count):
        end = word.end()
    while found := NOT_BLANK.search(text, end):
        start = found.start()
        name = NAME.match(text, start)
        if name is None:
            yield Option('', '', start, len(text))
            return
        value = word_at(text, name.end())
        end = value.end if value else name.end()
        yield Option(name[1], value.text if value else '', start, end)


def unreadable(statement: Statement, option: Option) -> Fault:
    """Return the fault of what is no option with a value."""
    found = WORD.match(statement.rest.text, option.start)
    word = found[0] if found else ''
    remedy = COMMENT if word.startswith('#') else 'write option=value, no blank before "="'
    what = f'{shortened(word)!r} is no option with a value'
    return Fault(place(statement, option), what, remedy)


def place(statement: Statement, option: Option) -> Span:
    """Return where an option was written; on a joined line, the word that it begins in."""
    rest = statement.rest
    if len(rest.text) == rest.end - rest.start:
        return Span(rest.start + option.start, rest.start + option.end)
    before = sum(1 for _ in WORD.finditer(rest.text, 0, option.start))
    return statement.arguments[min(before, len(statement.arguments) - 1)].span
