"""Lines that are read at a glance, as the reader of any line would: nearly all of them.

They are one stretch of the text and hold no variable that is known. A name has letters, digits and
the like in it, and nothing that means something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.lines import BLANKS, words
from glance_docs_ext.syntax import Word, word_at

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.lines import Line

DIRECTIVE = re.compile(rf'([A-Za-z]\w*+)(?:[{BLANKS}]++(.*+))?\Z', re.ASCII | re.DOTALL)
OPENING = re.compile(rf'(<[A-Za-z]++)(?:[{BLANKS}]++([^<>]++))?>\Z')
CLOSING = re.compile(r'</([A-Za-z]++)>\Z')
SEVERAL = re.compile(rf'["\'\\{BLANKS}]')  # without these a text is one word


class Plain(NamedTuple):
    """A name, its arguments, and the text that they were taken from."""

    name: Word
    arguments: tuple[Word, ...]
    rest: Word


def directive(line: Line) -> Plain | None:
    """Return what a line says, if it is ``NAME argument*``."""
    found = DIRECTIVE.match(line.text)
    if found is None:
        return None
    name, written = found.groups()
    end = line.offset + len(name)
    word = word_at(name, (line.offset, end))
    if not written:
        return Plain(word, (), word_at('', (end, end)))
    start = found.start(2)
    rest = word_at(written, (line.offset + start, line.offset + len(line.text)))
    if not SEVERAL.search(written):
        return Plain(word, (rest,), rest)
    return Plain(word, tuple(words(line, start, len(line.text))), rest)


def opening(line: Line) -> Plain | None:
    """Return what a line says, if it is ``<NAME argument*>``; the name has its brackets."""
    found = OPENING.match(line.text)
    if found is None:
        return None
    name, written = found.groups()
    written = written.rstrip(BLANKS) if written else ''
    end = line.offset + len(name) + (not found[2])  # the bracket, where it touches the name
    word = word_at(f'{name}>', (line.offset, end))
    if not written:
        return Plain(word, (), word_at('', (end, end)))
    start = found.start(2)
    begin = line.offset + start
    rest = word_at(written, (begin, begin + len(written)))
    if not SEVERAL.search(written):
        return Plain(word, (rest,), rest)
    return Plain(word, tuple(words(line, start, len(line.text) - 1)), rest)


def closing(line: Line) -> str | None:
    """Return the name of a line that is ``</NAME>``."""
    found = CLOSING.match(line.text)
    return found[1] if found else None
