"""reread(): the blocks of a page that load each other, read as the configuration they make.

``include``, ``inherit`` and ``ini`` name a file. Where another block of the same deployment is that
file, it is read in its place: as core/config.c and core/ini.c do, and without opening anything.
Measured with uWSGI 2.0.21: ``ini = :name`` means the file that was loaded last; ``inherit`` adds
its options behind all others, when no placeholder is replaced any more.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from glance_docs_ext.engines.uwsgi.magic import replace_magic
from glance_docs_ext.engines.uwsgi.order import LOADING
from glance_docs_ext.engines.uwsgi.parser import assembled, parse, read
from glance_docs_ext.engines.uwsgi.placeholders import used_in
from glance_docs_ext.engines.uwsgi.recovery import recovered
from glance_docs_ext.engines.uwsgi.sections import SECTION, Sections, moved
from glance_docs_ext.source import LineOrigin, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document

FILE = re.compile(
    r'[#;]+\s*(?:(?:in|file|begin|start of)\b:?\s*)?((?:[\w.+@%-]*/)*[\w.+@-]+\.ini)\s*:?', re.I
)
"""A comment that names the file that its block is."""
NAMED = re.compile(r'(?<![\w./+@-])[\w./+@-]+\.ini\b')
MOST = 2_000_000  # characters that blocks may become when what they load is read in its place

Loads = dict[str, 'Document']
"""The blocks that a block loads, by the value of the option."""


def reread(
    documents: Sequence[Document], catalogue: Catalogue
) -> Mapping[Document, Document | None]:
    """Return the blocks that are to be read otherwise beside the others, each as it is then.

    None stands for a block that is read in the place of the option that loads it; where that loads
    another section than ``[uwsgi]``, the block is one of its own as well. A block that is shown
    several times is one file.
    """
    if not any(document.keys.intersection(LOADING) for document in documents):
        return {}
    first: dict[str, Document] = {}
    called: dict[str, dict[Document, None]] = {}
    for document in documents:
        shown = first.setdefault(document.source.text, document)
        for name in _names(document):
            called.setdefault(posixpath.basename(name), {})[shown] = None
    loads = {document: _loads(document, called) for document in documents}
    parts = {part.source.text for found in loads.values() for part in found.values()}
    read_so = {
        part
        for found in loads.values()
        for value, part in found.items()
        if value.rpartition(':')[2] in {value, '', SECTION}
    }
    again: dict[Document, Document | None] = {}
    room = MOST
    for document in documents:
        if loads[document] and document.source.text not in parts:
            whole = _reachable(document, loads)
            room -= sum(len(part.source.text) for part in whole)
            if room < 0:
                break
            again.update(dict.fromkeys(part for part in whole[1:] if part in read_so))
            again[document] = _joined(whole, loads, catalogue)
    gone = {part.source.text for part, new in again.items() if new is None}
    again.update((document, None) for document in documents if document.source.text in gone)
    using = frozenset[str]().union(*map(used_in, documents))
    for document in documents:
        unknown = [key for key in document.keys if key in using and key not in catalogue]
        if unknown and document not in again:
            again[document] = parse(
                document.source, document.context, catalogue, frozenset(unknown)
            )
    return again


def _loads(document: Document, called: Mapping[str, Iterable[Document]]) -> Loads:
    """Return the blocks that ``document`` loads, where it is plain which they are.

    Folders may be others on the page than on the host. ``%d``, the folder of the file that loads,
    ends in a slash: ``ini = %dcommon.ini``.

    :param called: the blocks by the names of the files that they are
    """
    found: Loads = {}
    for statement, _scope in document.named(*LOADING):
        value = statement.rest.text
        file, colon, _section = value.rpartition(':')
        name = file if colon and statement.key == 'ini' else value
        named = called.get(posixpath.basename(name.replace('%d', '/')), ())
        others = [other for other in named if other.source.text != document.source.text]
        if len(others) == 1 and '(' not in name:
            found[value] = others[0]
    return found


def _names(document: Document) -> Iterator[str]:
    """Yield what a block is called: by its page, its own file, or a comment in its first line."""
    source = document.source
    yield from NAMED.findall(source.name)
    path = source.origins[0].path if source.origins else source.path
    yield PurePath(path).as_posix()
    first = document.comments[0] if document.comments else None
    if first and not source.text[: first.span.start].strip() and FILE.fullmatch(first.text):
        yield FILE.sub(r'\1', first.text)


def _reachable(document: Document, loads: Mapping[Document, Loads]) -> list[Document]:
    """Return a block and what it loads, directly or not."""
    found = {document: None}
    pending = [document]
    while pending:
        for part in loads[pending.pop()].values():
            if part not in found:
                found[part] = None
                pending.append(part)
    return [*found]


def _joined(
    documents: Sequence[Document], loads: Mapping[Document, Loads], catalogue: Catalogue
) -> Document:
    """Return the first of the documents with the others in the places where they are loaded."""
    prefixes = {document: f'\n{number}:' for number, document in enumerate(documents)}
    prefixes[documents[0]] = ''
    whole = Sections()
    origins: list[LineOrigin] = []
    texts: list[str] = []
    offset = 0
    for document in documents:
        source = document.source
        sections = read(replace_magic(source.text), document.context)
        sections.problems += recovered(sections, None if texts else document.context)
        _take(whole, sections, prefixes[document], offset)
        whole.files.update((value, prefixes[part]) for value, part in loads[document].items())
        origins += _origins(source)
        texts.append(source.text)
        offset += len(source.text) + 1
    joined = replace(documents[0].source, text='\n'.join(texts), origins=tuple(origins))
    return assembled(joined, documents[0].context, catalogue, whole)


def _take(whole: Sections, part: Sections, prefix: str, offset: int) -> None:
    """Add the sections of one text, which starts at ``offset``, under their names with a prefix."""

    def move(start: int, end: int) -> Span:
        return Span(start + offset, end + offset)

    shifted = moved(part, move)
    whole.lines.update((prefix + name, lines) for name, lines in shifted.lines.items())
    whole.headers += shifted.headers
    whole.comments += shifted.comments
    whole.continuing |= shifted.continuing
    whole.problems += shifted.problems
    whole.deleted += tuple(one._replace(span=move(*one.span)) for one in part.deleted)


def _origins(source: Source) -> Iterator[LineOrigin]:
    """Yield where each line of a text comes from, also where the text is a file itself."""
    rows = source.text.split('\n')
    known = source.origins[: len(rows)]
    yield from known
    for number, row in enumerate(rows[len(known) :], len(known) + 1):
        yield LineOrigin(source.path, number, 0, row.rstrip('\r'))
