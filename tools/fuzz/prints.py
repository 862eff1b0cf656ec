"""read_again(): a tree that is printed and read again is the same tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines import get_engine
from glance_docs_ext.engines.apache.conditions import CONDITIONS
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Statement


PLAIN_NAME = re.compile(r"""<?[^\s"'\\<>#]+>?""")
"""A name of Apache that is read as it is written."""


class NotTheSame(AssertionError):
    """A tree is another one after it was printed and read again."""


class Told(NamedTuple):
    """A statement as the engine would be told it, and how many sections it stands in."""

    depth: int
    key: str
    words: tuple[str, ...]


def read_again(document: Document) -> None:
    """Print the tree of a block, read what was printed, and compare; then the same with that.

    A text with a fault has no tree that says all of it, and is passed over.

    :raises NotTheSame: the second tree differs, or prints as another text
    """
    if document.problems or not _says_all(document):
        return
    first = printed(document)
    again = get_engine(document.engine).parse(Source(first, 'printed'), document.context)
    for before, after in zip(told(document), told(again), strict=False):
        if before != after:
            raise NotTheSame(before, after, first)
    second = printed(again)
    if second != first:
        raise NotTheSame(first, second)


def told(document: Document) -> list[Told]:
    """Return what a block tells its engine."""
    return [Told(depth, s.key, _words(s)) for s, depth in _with_depth(document)]


def printed(document: Document) -> str:
    """Return a text that tells the engine the same, a statement a line, every argument quoted."""
    write = {'apache': _apache, 'nginx': _nginx, 'uwsgi': _uwsgi}[document.engine]
    return '\n'.join(write(document))


def _words(statement: Statement) -> tuple[str, ...]:
    return tuple(word.text for word in statement.arguments)


def _with_depth(document: Document) -> Iterator[tuple[Statement, int]]:
    depths: dict[Statement | None, int] = {None: -1}
    for statement, scope in document.placed:
        outer = scope.section if scope else None
        depths[statement] = depths[outer] + 1
        yield statement, depths[statement]


def _nginx(document: Document) -> Iterator[str]:
    depth = 0
    for statement, now in _with_depth(document):
        yield from ['}'] * (depth - now)
        line = ' '.join(map(_quoted, (statement.name.text, *_words(statement))))
        if statement.body is None:
            yield f'{line};'
            depth = now
        else:
            yield f'{line} {{'
            depth = now + 1
    yield from ['}'] * depth


def _apache(document: Document) -> Iterator[str]:
    open_sections: list[str] = []
    for statement, now in _with_depth(document):
        while len(open_sections) > now:
            yield f'</{open_sections.pop()}>'
        words = [*map(_quoted, _words(statement))]
        if statement.key in CONDITIONS and statement.rest.text.startswith('!'):
            words = [statement.rest.text]  # the sign counts where it stands before quotes
        name = statement.name.text
        if statement.body is None:
            bracket = '>' if name.endswith('>') else ''  # Apache takes one off any name
            yield ' '.join((f'{name}{bracket}', *words))
        else:
            yield f'{" ".join((name.removesuffix(">"), *words))}>'
            open_sections.append(name[1:-1])
    while open_sections:
        yield f'</{open_sections.pop()}>'


def _uwsgi(document: Document) -> Iterator[str]:
    yield '[uwsgi]' if document.context != 'section' else ''
    for statement in document.statements:
        yield ' = '.join((statement.name.text, *_words(statement)))


def _quoted(word: str) -> str:
    escaped = re.sub(r'(["\\])', r'\\\1', word)
    return f'"{escaped}"'


def _says_all(document: Document) -> bool:
    """Whether the tree has all that the text says: no variables, no Lua, no flow of control."""
    text = document.source.text
    if document.engine == 'nginx':
        return '_by_lua_block' not in text
    if document.engine == 'uwsgi':
        flow = {'for', 'for-times', 'for-glob', 'for-readline', 'ini', 'set'}
        return '%' not in text and not flow & document.keys
    names = (statement.name.text for statement, _ in document.placed)
    return '${' not in text and all(map(PLAIN_NAME.fullmatch, names))
