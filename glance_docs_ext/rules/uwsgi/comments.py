"""Comments behind values: uWSGI takes them for a part of the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rules.uwsgi.values import (
    CHMOD,
    COMMANDS,
    COMMENT,
    INTEGERS,
    OWN_SYNTAX,
    kind,
    value,
)
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Word

NUMBER = re.compile(r'[0-9]+[ \t]')


class Commented(NamedTuple):
    """The comment behind the value of the option ``name``, and what it stands behind."""

    name: str
    span: Span
    is_behind_number: bool


def commented(document: Document, engine: Engine) -> Iterator[Commented]:
    """Yield the comments behind values, where uWSGI does not take the value apart itself."""
    text = document.source.text
    if not (' #' in text or ' ;' in text or '\t#' in text or '\t;' in text):
        return
    for statement, _scope in document.placed:
        word = value(statement)
        match = COMMENT.search(word.text) if '#' in word.text or ';' in word.text else None
        if match is None or statement.key.startswith(COMMANDS):
            continue
        setter = kind(statement, engine)
        if setter and setter not in OWN_SYNTAX and setter not in CHMOD:
            is_behind_number = setter in INTEGERS and NUMBER.match(word.text) is not None
            yield Commented(statement.key, _place(word, match.start(1)), is_behind_number)


def _place(word: Word, offset: int) -> Span:
    """Return the place of the comment; where placeholders were replaced, of the whole value."""
    whole = word.end - word.start == len(word.text)
    return Span(word.start + (offset if whole else 0), word.end)
