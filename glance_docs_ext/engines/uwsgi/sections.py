"""Lines and sections: what ``uwsgi_ini_config()`` in core/ini.c makes of a text.

A section starts with ``[`` and its name is the rest of the line but for its last character. An
option is a name, and a value behind the first ``=``. There are no quotes, no continued lines and no
comments but on a line of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Problem, Statement, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.engines.uwsgi.magic import Deleted, Replaced

BLANKS = ' \t\r'  # ini_lstrip(), ini_rstrip()
SECTION = 'uwsgi'
INSIDE = frozenset({'section'})  # the contexts of an option
NO_OPTION = frozenset({'', ';', '#'})  # the first character of nearly all lines without an option
HEADER_MEANT = re.compile(r'[^\S\n]*\ufeff?[^\S\n]*\[+\s*uwsgi\s*(?:\]|$)', re.IGNORECASE)
"""A line that was meant as the header of the section, well or badly written."""


class Sections:
    """The options of a text by section, those before the first header under ''."""

    def __init__(self, deleted: tuple[Deleted, ...] = ()) -> None:
        """Start without any; ``deleted`` is what the ``%`` pass took away."""
        self.lines: dict[str, list[Statement]] = {}
        self.headers: list[Word] = []  # the lines that start a section, whole
        self.comments: list[tuple[int, int]] = []
        # Where those options start that look as if they went on with the one on the line before.
        self.continuing: set[int] = set()
        self.problems: list[Problem] = []
        self.meant: Word | None = None  # the first line that was meant as ``[uwsgi]`` and is not
        # How the names of sections begin that come of another text, by the value that loads it.
        self.files: dict[str, str] = {}
        self.deleted = deleted


def read_sections(replaced: Replaced, *, inside: bool) -> Sections:
    """Take a text apart after its ``%`` pass; ``inside`` says that it starts inside [uwsgi].

    A header that was meant as ``[uwsgi]`` is noted, and what follows it is kept under its name.
    Options are taken apart here and not in a function of their own: every line comes this way. One
    that has no value is a statement without an argument.
    """
    sections = Sections(replaced.deleted)
    current = sections.lines.setdefault(SECTION if inside else '', [])
    comments = sections.comments
    previous: tuple[str, int, bool] | None = None  # the option before, its indent, if it continues
    offset = 0
    may_be_cut, may_go_on = '\0' in replaced.text, '\\' in replaced.text
    for full in replaced.text.split('\n'):
        start, offset = offset, offset + len(full) + 1
        sign = full[:1]
        if sign in NO_OPTION and not may_be_cut:
            previous = None
            if full:
                comments.append((start, offset - 1))
            continue
        line = _before_nul(full, start, sections) if may_be_cut else full
        text = line.strip(BLANKS)
        if not text:
            previous = None
            continue
        indent = 0
        if text is not line:  # there are blanks around it
            indent = len(line) - len(line.lstrip(BLANKS))
            start += indent
            sign = text[0]
        end = start + len(text)
        if sign in ';#':
            comments.append((start, end))
            previous = None
            continue
        # What is a blank to the eye alone may stand before a header that is meant.
        if sign == '[' or (not (inside or '!' <= sign <= '~') and HEADER_MEANT.match(text)):
            header = _made(Word, (text, start, end))
            name = _started_by(header, sections)
            current = sections.lines.setdefault(name, [])
            inside = name == SECTION
            previous = None
            continue
        continues = (indent > 0 or may_go_on) and _continues(indent, previous)
        if continues:
            sections.continuing.add(start)
        previous = (text, indent, continues)
        name, equals, value = text.partition('=')
        name, value = name.rstrip(BLANKS), value.lstrip(BLANKS)
        word = _made(Word, (name, start, start + len(name)))
        rest = _made(Word, (value, end - len(value), end))
        arguments = (rest,) if equals else ()
        current.append(_made(Statement, (name, word, arguments, rest, INSIDE, None)))
    if not replaced.is_shifted:
        return sections
    return moved(sections, replaced.span, behind=replaced.starts[1])


def _before_nul(full: str, start: int, sections: Sections) -> str:
    """Return a line up to its first NUL, and note what is behind that."""
    line, nul, _ = full.partition('\0')
    if nul:
        cut = Span(start + len(line), start + len(full))
        sections.problems.append(Problem('text-behind-nul', cut))
    return line


def _continues(indent: int, previous: tuple[str, int, bool] | None) -> bool:
    """Whether an option looks as if it were meant to go on with the one on the line before."""
    if previous is None:
        return False
    text, depth, continues = previous
    return indent > depth or (continues and indent == depth) or text.endswith('\\')


def _started_by(header: Word, sections: Sections) -> str:
    """Note a header, and return the name under which to keep what follows it."""
    name = section_name(header.text)
    if sections.meant is None and name != SECTION and HEADER_MEANT.match(header.text):
        sections.meant = header
        name = header.text
    sections.headers.append(header)
    return name


def section_name(header: str) -> str:
    """Return what the engine takes for the name: all but the first and the last byte."""
    one_byte = header[-1:].isascii() or '\udc80' <= header[-1] <= '\udcff'
    return header[1:-1] if one_byte else header[1:]


def moved(sections: Sections, place: Callable[[int, int], Span], behind: int = 0) -> Sections:
    """Return the sections with ``place`` of their places, as far as they end ``behind`` there."""

    def move(word: Word) -> Word:
        text, start, end = word
        return _made(Word, (text, *place(start, end)))

    def move_option(option: Statement) -> Statement:
        key, name, arguments, rest, contexts, body = option
        shifted = name if rest.end <= behind else move(name)
        if name.start in sections.continuing:
            found.continuing.add(shifted.start)
        if rest.end <= behind:
            return option
        value = move(rest) if arguments else _made(Word, ('', shifted.end, shifted.end))
        return _made(
            Statement, (key, shifted, (value,) if arguments else (), value, contexts, body)
        )

    found = Sections(sections.deleted)
    found.lines = {name: [*map(move_option, lines)] for name, lines in sections.lines.items()}
    found.headers = [move(header) for header in sections.headers]
    found.comments = [place(*span) for span in sections.comments]
    found.problems = [one._replace(span=place(*one.span)) for one in sections.problems]
    found.meant = sections.meant and move(sections.meant)
    return found


_made = tuple.__new__  # half the time of a call of the class
