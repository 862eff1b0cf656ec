"""Comments behind values: uWSGI takes them for a part of the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rules.uwsgi.values import (
    BOOLEANS,
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

ABOVE = 'put the comment on a line of its own, above'
NUMBER = re.compile(r'[0-9]+[ \t]')
TRUE = frozenset({'true', 'on', 'yes', 'y', 't', '1', 'enable', 'enabled'})


class Commented(NamedTuple):
    """The comment behind the value of the option ``name``, and what it stands behind.

    ``harmless`` says in what way uWSGI reads the value as it is meant, '' where it does not.
    """

    name: str
    span: Span
    harmless: str
    remedy: str


def commented(document: Document, engine: Engine) -> list[Commented]:
    """Return the comments behind values, where uWSGI does not take the value apart itself."""
    if not _may_be_some(document.source.text):
        return []
    return document.once(_commented, engine)


def _may_be_some(text: str) -> bool:
    """Whether a sign of a comment stands behind a blank; one sign is looked for sooner than two."""
    if '\t' in text and ('\t#' in text or '\t;' in text or '\t//' in text):
        return True
    return ('#' in text and ' #' in text) or (';' in text and ' ;' in text) or ' //' in text


def _commented(document: Document, engine: Engine) -> list[Commented]:
    return [*_behind_values(document, engine)]


def _behind_values(document: Document, engine: Engine) -> Iterator[Commented]:
    for statement, _scope in document.placed:
        word = value(statement)
        text = word.text
        may_be_one = '#' in text or ';' in text or '//' in text
        match = COMMENT.search(text) if may_be_one else None
        if match is None or statement.key.startswith(COMMANDS):
            continue
        if match[1] == ';' and 'header' in statement.key:  # it parts the parameters of a header
            continue
        setter = kind(statement, engine)
        if setter and setter not in OWN_SYNTAX and setter not in CHMOD:
            harmless = _harmless(text[: match.start(1)], setter)
            remedy = f'{ABOVE}, behind a "#"' if match[1] == '//' else ABOVE
            yield Commented(statement.key, _place(word, match.start(1)), harmless, remedy)


def _harmless(before: str, setter: str) -> str:
    """Return in what way the value is read as it is meant, in spite of the comment behind it."""
    if setter in INTEGERS and NUMBER.match(before):
        return 'of which uWSGI reads the number alone'
    if setter in BOOLEANS and before.strip().lower() in TRUE:
        return 'which uWSGI reads as true in any case'
    return ''


def _place(word: Word, offset: int) -> Span:
    """Return the place of the comment; where placeholders were replaced, of the whole value."""
    whole = word.end - word.start == len(word.text)
    return Span(word.start + (offset if whole else 0), word.end)
