"""opening_tag(line): where the tag of a section ends, however it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.words import BLANKS, end_of_word, words
from glance_docs_ext.syntax import Problem, Statement, Word

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.lines import Line

VERSION_END = re.compile(r'(?<=[\w.])>')  # of an <IfVersion>, not of its operator
# The last of three words may be anything: start_ifversion() looks for the ">" of the second.
THIRD_WORD = re.compile(
    r'(?:\s+[^\s"\'\\]+){2}(?<=>)\s+(?:[^\s"\'\\][^\s\\]*|"[^"\\]*"?|\'[^\'\\]*\'?)', re.ASCII
)


def opening_tag(
    line: Line, start: int, end: int, name: str, problems: list[Problem]
) -> tuple[Statement, bool]:
    """Return the section that a line opens, anywhere, and whether the line closes it, too.

    Section = "<" name argument* ">"; what follows the last ">" is not read.

    :param start: the 0-based index of the "<"
    :param end: the index behind the word that begins there
    :param name: that word
    :param problems: where faults are noted
    """
    text = line.text
    if name == '<' and end < len(text):
        begin = text.index(text[end:].lstrip(BLANKS), end)
        end = end_of_word(text, begin)
        name = '<' + text[begin:end]
        values = {'name': name.rstrip('>')}
        problems.append(Problem('blank-in-bracket', line.span(start, begin), values))
    closed = name.endswith('>')
    name = name.removesuffix('>')
    bracket = _bracket(line, end, name, closed, problems)
    arguments, rest = arguments_of(line, end, bracket)
    is_whole = text[bracket:].lower().endswith(f'</{name[1:].lower()}>')
    word = Word(f'{name}>', *line.span(start, end))
    return Statement(name.lower(), word, arguments, rest, body=[]), is_whole


def closing_name(line: Line, start: int, tag: str, problems: list[Problem]) -> tuple[str, bool]:
    """Return the name in a closing tag, and whether the tag is as it must be: "</" name ">"."""
    name = tag[2:-1]
    if tag.endswith('>') and name and '>' not in name:
        return name, True
    bare = line.text[start + 2 :].strip(BLANKS + '>')
    name = re.split(rf'[{BLANKS}>]', bare, maxsplit=1)[0]
    span = line.span(start, len(line.text))
    problems.append(Problem('decorated-close', span, {'name': name}))
    return name, False


def arguments_of(line: Line, start: int, end: int) -> tuple[tuple[Word, ...], Word]:
    """Return the words between two indexes, and the text that they were taken from."""
    written = line.text[start:end].lstrip(BLANKS)
    if not written:
        return (), Word('', *line.span(start, start))
    begin = end - len(written)
    written = written.rstrip(BLANKS)
    found = tuple(words(line, begin, end))
    return found, Word(written, *line.span(begin, begin + len(written)))


def _bracket(line: Line, start: int, name: str, closed: bool, problems: list[Problem]) -> int:
    """Return the index of the ">" that ends a section's arguments."""
    text = line.text
    last = text.rfind('>', start)
    values = {'name': name}
    if name.lower() == '<ifversion' and not closed and not text.endswith('>'):
        return _bracket_of_version(line, start, name, problems)
    if last < 0:
        if text[start:].strip(BLANKS):
            kind = 'text-after-section' if closed else 'missing-bracket'
            place = line.span(start, len(text)) if closed else line.span(len(text), len(text))
            problems.append(Problem(kind, place, values))
        return len(text) if not closed else start
    if text.lower().endswith(f'</{name[1:].lower()}>'):
        first = start if closed else text.find('>', start) + 1
        problems.append(Problem('one-line-section', line.span(first, len(text)), values))
        return first - (not closed)
    behind = text[last + 1 :].strip(BLANKS)
    if behind and not behind.startswith('#'):
        place = line.span(text.index(behind, last + 1), len(text))
        problems.append(Problem('ignored-text', place))
    return last


def _bracket_of_version(line: Line, start: int, name: str, problems: list[Problem]) -> int:
    """Return where the arguments of an ``<IfVersion>`` end whose last word has no ">".

    Alone of all sections it is given words, not the line: start_ifversion() of mod_version.c
    asks for the ">" at the end of the last one.
    """
    end = len(line.text)
    if THIRD_WORD.fullmatch(line.text, start):
        return end
    if found := VERSION_END.search(line.text, start):
        values = {'name': line.text[: found.start()]}
        problems.append(Problem('text-after-section', line.span(found.end(), end), values))
        return found.start()
    problems.append(Problem('missing-bracket', line.span(end, end), {'name': name}))
    return end
