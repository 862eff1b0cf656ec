"""What the ``%`` pass did to a text that its author did not mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.engines.uwsgi.magic import Deleted
    from glance_docs_ext.syntax import Statement

JOINED = 'deletes it with the line break, and the next line becomes part of this one'
LAST = 'deletes it; where nothing follows, uWSGI even reads on behind the end of the file'
DOUBLED = 'write "%%" for a percent sign; times as in strftime() need it doubled: "%%Y-%%m-%%d"'
MARK = re.compile(r'<%|\{%[ +-]')
BRACED = re.compile(r'%\{([A-Za-z_][A-Za-z0-9_-]*)\}')


def percent_problems(
    text: str, deleted: tuple[Deleted, ...], statements: tuple[Statement, ...]
) -> Iterator[Problem]:
    """Yield one problem for each line break that was eaten, and one for each option that lost text.

    A comment may lose what it likes, but not its end: the line below would join it.
    """
    if not deleted:
        return
    ordered = sorted(statements, key=lambda statement: statement.name.start)
    starts = [statement.name.start for statement in ordered]
    lost: dict[Statement, list[Deleted]] = {}
    for item in deleted:
        statement = ordered[bisect_right(starts, item.span.start) - 1] if ordered else None
        if statement is not None and not _concerns(statement, item, text):
            statement = None
        joined = item.character == '\n' and _has_text(text, item.span.end)
        if joined or (statement is not None and item.character in {'', '\n'}):
            sign = Span(item.span.start, item.span.start + 1)
            yield Problem('percent-at-line-end', sign, {'effect': JOINED if joined else LAST})
        elif statement is not None and _is_in_value(statement, item, text):
            lost.setdefault(statement, []).append(item)
    for statement, items in lost.items():
        if '%' in text[statement.name.start : statement.name.end]:
            continue  # nobody knows the name that is left
        place = Span(items[0].span.start, items[-1].span.end)
        pair = f'%{items[0].character}'
        values = {'name': statement.name.text, 'pair': pair, 'remedy': _remedy(text, place)}
        yield Problem('deleted-percent', place, values)


def _remedy(text: str, place: Span) -> str:
    """Say what the author may have meant."""
    if MARK.match(text, max(0, place.start - 1)):
        return 'a template is to fill it in: show what that makes of it'
    if braced := BRACED.match(text, place.start):
        return f'write $({braced[1]}) for what the environment has, %({braced[1]}) for an option'
    return DOUBLED


def _concerns(statement: Statement, item: Deleted, text: str) -> bool:
    """Whether something was deleted from the line or lines of this statement."""
    span = statement.span
    return span.start <= item.span.start and text.find('\n', span.end, item.span.start) < 0


def _is_in_value(statement: Statement, item: Deleted, text: str) -> bool:
    """Whether it was the value that something was taken from; of a name it is said who knows it."""
    equals = text.find('=', statement.name.end) if statement.arguments else len(text)
    return equals < item.span.start


def _has_text(text: str, start: int) -> bool:
    end = text.find('\n', start)
    return bool(text[start : end if end >= 0 else len(text)].strip())
