"""Roles in the running text of a page: where a name of a server is explained."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.pages.literals import Line
    from glance_docs_ext.source import Place

NAMES = r'(?P<domain>uwsgi|apache|nginx):(?P<noun>option|directive)'
TEXT = r'`(?P<text>(?!\s)[^`]+(?<!\s))`'
END = r'(?=$|[\s\'")\]}>\-/\\:.,;!?])'
LONGEST = 300  # characters of a literal; a paragraph may have any number that do not end

RST = re.compile(
    rf'(?<!`)``(?!\s).{{0,{LONGEST}}}?(?<!\s)``{END}|\\.'
    rf'|(?:^|(?<=[\s\'"(\[{{<\-/:])):{NAMES}:{TEXT}{END}',
    re.DOTALL | re.MULTILINE,
)
"""A role as reStructuredText has it; a literal, or an escaped character, is passed over."""

MARKDOWN = re.compile(
    rf'\{{{NAMES}\}}{TEXT}|(?<!`)(?P<mark>`+)(?!`).{{1,{LONGEST}}}?(?<!`)(?P=mark)(?!`)', re.DOTALL
)
"""A role as MyST has it; a code span is passed over."""


class Prose(NamedTuple):
    """A line of running text; ``is_history``: it is part of a version note."""

    line: Line
    is_history: bool


class Role(NamedTuple):
    """One ``:domain:noun:`text```, and where it stands."""

    domain: str
    noun: str
    text: str
    place: Place
    is_history: bool


def may_have_roles(lines: Iterable[Line]) -> bool:
    """Whether it is worth looking for roles: most pages have none, and some are long."""
    return any(':option' in line.text or ':directive' in line.text for line in lines)


def roles(lines: Iterable[Prose | None], pattern: re.Pattern[str]) -> Iterator[Role]:
    """Yield the roles of a page in its order.

    :param lines: its running text; None where a paragraph ends
    """
    paragraph: list[Prose] = []
    for line in (*lines, None):
        if line is not None:
            paragraph.append(line)
            continue
        yield from _of_paragraph(paragraph, pattern)
        paragraph = []


def _of_paragraph(lines: list[Prose], pattern: re.Pattern[str]) -> Iterator[Role]:
    text = '\n'.join(prose.line.text for prose in lines)
    start = row = 0  # of the line that is looked at
    for found in pattern.finditer(text):
        if not found['domain']:
            continue
        while start + len(lines[row].line.text) < found.start():
            start += len(lines[row].line.text) + 1
            row += 1
        line, is_history = lines[row]
        column = found.start() - start
        length = min(len(found[0]), len(line.text) - column)
        yield Role(
            found['domain'],
            found['noun'],
            ' '.join(found['text'].split()),
            line.place(column, length),
            is_history,
        )
