"""Lines and sections: what ``uwsgi_ini_config()`` in core/ini.c makes of a text.

A section starts with ``[`` and its name is the rest of the line but for its last character. An
option is a name, and a value behind the first ``=``. There are no quotes, no continued lines and no
comments but on a line of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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


@dataclass
class Sections:
    """The options of a text by section, those before the first header under ''."""

    lines: dict[str, list[Statement]] = field(default_factory=dict)
    headers: list[Word] = field(default_factory=list)
    """The lines that start a section, whole."""
    comments: list[tuple[int, int]] = field(default_factory=list)
    continuing: set[int] = field(default_factory=set)
    """Where those options start that look as if they went on with the one on the line before."""
    problems: list[Problem] = field(default_factory=list)
    meant: Word | None = None
    """The first line that was meant as ``[uwsgi]`` and is not."""
    files: dict[str, str] = field(default_factory=dict)
    """How the names of sections begin that come of another text, by the value that loads it."""
    deleted: tuple[Deleted, ...] = ()
    """What the ``%`` pass took away."""


def read_sections(replaced: Replaced, *, inside: bool) -> Sections:
    """Take a text apart after its ``%`` pass; ``inside`` says that it starts inside [uwsgi].

    A header that was meant as ``[uwsgi]`` is noted, and what follows it is kept under its name.
    Options are taken apart here and not in a function of their own: every line comes this way. One
    that has no value is a statement without an argument.
    """
    sections = Sections(deleted=replaced.deleted)
    current = sections.lines.setdefault(SECTION if inside else '', [])
    comments = sections.comments
    previous: tuple[str, int, bool] | None = None  # the option before, its indent, if it continues
    offset = 0
    may_be_cut, may_go_on = '\0' in replaced.text, '\\' in replaced.text
    for full in replaced.text.split('\n'):
        start, offset = offset, offset + len(full) + 1
        if full[:1] in NO_OPTION and not may_be_cut:
            previous = None
            if full:
                comments.append((start, offset - 1))
            continue
        line = full
        if may_be_cut and '\0' in line:
            line = line[: line.index('\0')]
            cut = Span(start + len(line), start + len(full))
            sections.problems.append(Problem('text-behind-nul', cut))
        text = line.strip(BLANKS)
        if not text:
            previous = None
            continue
        indent = 0
        if line[0] in BLANKS:
            indent = len(line) - len(line.lstrip(BLANKS))
            start += indent
        end = start + len(text)
        sign = text[0]
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

    continuing: set[int] = set()

    def move_option(option: Statement) -> Statement:
        key, name, arguments, rest, contexts, body = option
        shifted = name if rest.end <= behind else move(name)
        if name.start in sections.continuing:
            continuing.add(shifted.start)
        if rest.end <= behind:
            return option
        value = move(rest) if arguments else _made(Word, ('', shifted.end, shifted.end))
        return _made(
            Statement, (key, shifted, (value,) if arguments else (), value, contexts, body)
        )

    return Sections(
        {header: [*map(move_option, lines)] for header, lines in sections.lines.items()},
        [move(header) for header in sections.headers],
        [place(*span) for span in sections.comments],
        continuing,
        [problem._replace(span=place(*problem.span)) for problem in sections.problems],
        sections.meant and move(sections.meant),
        deleted=sections.deleted,
    )


_made = tuple.__new__  # half the time of a call of the class
