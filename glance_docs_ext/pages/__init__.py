"""The pages of a documentation, read without Sphinx: blocks, and what is said of versions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.collector import uncollected
from glance_docs_ext.mentions import (
    Mention,
    engine_of_role,
    known_key,
    role_target,
    unknown_mention,
)
from glance_docs_ext.notes import Note, Timeline
from glance_docs_ext.pages import excerpt, markdown, restructuredtext
from glance_docs_ext.pages.blocks import Block, blocks_of, stray
from glance_docs_ext.pages.files import CannotShowError, Tree
from glance_docs_ext.pages.literals import Comment, lines_of
from glance_docs_ext.pages.prose import Role
from glance_docs_ext.told import told_by

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.pages.literals import Line, Literal
    from glance_docs_ext.told import Told

READERS = {
    '.rst': restructuredtext.read,
    '.txt': restructuredtext.read,
    '.md': markdown.read,
}
"""How a page is read, by the end of its name."""

MOST_INCLUDED = 100  # files that one page includes; more than that are a loop, or meant to harm


class Page(NamedTuple):
    """What a page holds; ``diagnostics`` are about its markup."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    diagnostics: tuple[Diagnostic, ...]
    told: Told | None = None
    timelines: tuple[Timeline, ...] = ()
    mentions: tuple[Mention, ...] = ()


def page_named(name: str, page: str) -> str:
    """Return the path of the page that ``page`` calls ``name``, as in a toctree; '' for none."""
    tree = Tree.around(page)
    candidates = (tree.path(f'{name}{suffix}', page) for suffix in READERS)
    return next(filter(os.path.isfile, candidates), '')


def is_page(path: str) -> bool:
    """Whether the name of a file says that it is a page."""
    return Path(path).suffix in READERS


@uncollected
def read_page(path: str, text: str) -> Page:
    """Return what the page ``path`` holds, its ``text`` being that of the file.

    Files that the page includes or shows are read too, but none outside of its tree.
    """
    tree = Tree.around(path)
    includes = _Includes(path, tree)
    blocks: list[Block] = []
    notes: list[Note] = []
    timelines: list[Timeline] = []
    mentions: list[Mention] = []
    diagnostics: list[Diagnostic] = []
    for found in READERS[Path(path).suffix](lines_of(text.removeprefix('\ufeff'), path), includes):
        if isinstance(found, Note):
            notes.append(found)
            continue
        if isinstance(found, Role):
            mentioned = _mention(found)
            if isinstance(mentioned, Mention):
                mentions.append(mentioned)
            elif mentioned is not None:
                diagnostics.append(mentioned)
            continue
        if isinstance(found, Timeline):
            timelines.append(found)
            continue
        if isinstance(found, Comment):
            diagnostics.append(stray(found))
            continue
        for item in blocks_of(found, path, tree):
            if isinstance(item, Block):
                blocks.append(item)
            else:
                diagnostics.append(item)
    told = told_by([(path, text), *includes.texts.items()])
    return Page(
        tuple(blocks),
        tuple(notes),
        tuple(diagnostics),
        told,
        tuple(timelines),
        tuple(mentions),
    )


def _mention(role: Role) -> Mention | Diagnostic | None:
    """Return what a role names, or what is wrong with that; None where it is not for us."""
    engine = engine_of_role(role.domain, role.noun)
    target = role_target(role.text)
    if engine is None or target is None:
        return None
    key = known_key(engine, target)
    if key is None:
        return unknown_mention(engine, target, role.place)
    return Mention(engine, key, lambda: role.place, role.is_history)


class _Includes:
    """The files that a page includes, as many as a page may include."""

    def __init__(self, page: str, tree: Tree) -> None:
        self._page = page
        self._tree = tree
        self._left = MOST_INCLUDED
        self.texts: dict[str, str] = {}  # of the files that were included, by path

    def __call__(self, literal: Literal, column: int) -> list[Line]:
        """Return the lines of an included file; none where there is no such file, as Sphinx says.

        A file that includes itself is not read again.
        """
        path = self._tree.path(literal.argument, self._page)
        files = literal.head[0].includes
        if path in files or self._left == 0:
            return []
        self._left -= 1
        try:
            text = self._tree.text(path)
        except CannotShowError:
            return []
        self.texts[path] = text
        lines = lines_of(text, *files, path, shift=column)
        return excerpt.included(lines, literal.options)
