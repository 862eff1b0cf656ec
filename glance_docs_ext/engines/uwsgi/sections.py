"""Lines and sections: what ``uwsgi_ini_config()`` in core/ini.c makes of a text.

A section starts with ``[`` and its name is the rest of the line but for its last character. An
option is a name, and a value behind the first ``=``. There are no quotes, no continued lines and no
comments but on a line of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Comment, Problem, Word

if TYPE_CHECKING:
    from glance_docs_ext.engines.uwsgi.magic import Replaced

BLANKS = ' \t\r'  # ini_lstrip(), ini_rstrip()
SECTION = 'uwsgi'
HEADER_MEANT = re.compile(r'[^\S\n]*\ufeff?[^\S\n]*\[+\s*uwsgi\s*(?:\]|$)', re.IGNORECASE)
"""A line that was meant as the header of the section, well or badly written."""


class Line(NamedTuple):
    """An option as it stands in the text; ``value`` is None where there is no ``=``."""

    name: Word
    value: Word | None
    indent: int
    """The blanks before the name."""
    continues: bool
    """Whether it looks as if it were meant to go on with the option on the line before."""

    @property
    def span(self) -> Span:
        """The whole option."""
        last = self.value or self.name
        return Span(self.name.span.start, last.span.end)


@dataclass
class Sections:
    """The options of a text by section, those before the first header under ''."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    headers: list[Word] = field(default_factory=list)
    """The lines that start a section, whole."""
    comments: list[Comment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    meant: Word | None = None
    """The first line that was meant as ``[uwsgi]`` and is not."""


def read_sections(replaced: Replaced, *, inside: bool) -> Sections:
    """Take a text apart after its ``%`` pass; ``inside`` says that it starts inside [uwsgi].

    A header that was meant as ``[uwsgi]`` is noted, and what follows it is kept under its name.
    """
    sections = Sections()
    current = sections.lines.setdefault(SECTION if inside else '', [])
    previous: Line | None = None
    offset = 0
    for full in replaced.text.split('\n'):
        start, offset = offset, offset + len(full) + 1
        line = full
        if '\0' in line:
            line = line[: line.index('\0')]
            cut = replaced.span(start + len(line), start + len(full))
            sections.problems.append(Problem('text-behind-nul', cut))
        text = line.strip(BLANKS)
        if not text:
            previous = None
            continue
        indent = len(line) - len(line.lstrip(BLANKS))
        start += indent
        if text[0] in ';#':
            span = replaced.span(start, start + len(text))
            sections.comments.append(Comment(text, span))
            previous = None
        elif text[0] == '[' or (text[0] == '\ufeff' and HEADER_MEANT.match(text)):
            header = Word(text, replaced.span(start, start + len(text)))
            name = _section_name(text)
            if sections.meant is None and name != SECTION and HEADER_MEANT.match(text):
                sections.meant = header
                name = text
            sections.headers.append(header)
            current = sections.lines.setdefault(name, [])
            previous = None
        else:
            previous = _option(replaced, text, start, indent, previous)
            current.append(previous)
    return sections


def _section_name(header: str) -> str:
    """Return what the engine takes for the name: all but the first and the last byte."""
    one_byte = header[-1:].isascii() or '\udc80' <= header[-1] <= '\udcff'
    return header[1:-1] if one_byte else header[1:]


def _option(replaced: Replaced, text: str, start: int, indent: int, behind: Line | None) -> Line:
    name, equals, value = text.partition('=')
    behind_name = start + len(name) + 1
    name = name.rstrip(BLANKS)
    word = Word(name, replaced.span(start, start + len(name)))
    continues = behind is not None and _continues(behind, indent)
    if not equals:
        return Line(word, None, indent, continues)
    first = behind_name + len(value) - len(value.lstrip(BLANKS))
    value = value.strip(BLANKS)
    span = replaced.span(first, first + len(value))
    return Line(word, Word(value, span), indent, continues)


def _continues(line: Line, indent: int) -> bool:
    """Whether an option with this indentation seems to go on with the line above it."""
    return (
        indent > line.indent
        or (line.continues and indent == line.indent)
        or (line.value or line.name).text.endswith('\\')
    )
