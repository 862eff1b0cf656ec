"""TARGETS: what the fuzzers feed, each a function of bytes that raises where something is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.inputs import engine_of
from glance_docs_ext.notes import Change, Note
from glance_docs_ext.pages.files import decoded
from glance_docs_ext.pages.literals import lines_of
from glance_docs_ext.pages.notes import LONGEST, note
from glance_docs_ext.releases import Releases, parse_version
from glance_docs_ext.services import SERVICES
from glance_docs_ext.source import Place, Source
from glance_docs_ext.sphinx_ext.glossary import first_sentence
from tools.fuzz import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CUT = '\n---\n'
"""What stands between the blocks of a deployment."""


def block(engine: str, data: bytes) -> None:
    """Check a text as a block of ``engine``; its first byte chooses the context."""
    contexts = (None, *get_engine(engine).contexts)
    number = data[0] if data else 0
    holds.of_a_block(engine, decoded(data[1:]), contexts[number % len(contexts)])


def page(suffix: str, data: bytes) -> None:
    """Check a text as a page."""
    holds.of_a_page(suffix, decoded(data))


def deployment(data: bytes) -> None:
    """Check blocks together; the first character of each chooses its server."""
    engines = sorted(ENGINES)
    documents = []
    for number, text in enumerate(decoded(data).split(CUT)[:6]):
        engine = get_engine(engines[ord(text[:1] or 'a') % len(engines)])
        documents.append(engine.parse(Source(text[1:], f'block {number}'), None))
        engine_of('file', text, tuple(ENGINES.values()))
    place = Place('page', 1, 1, 1, 1)
    notes = [Note(change, '1', decoded(data)[:200], place) for change in Change]
    for services in ((), SERVICES):
        holds.of_a_deployment(documents, services, notes)


def notes(data: bytes) -> None:
    """Read a text as all that a page says of versions, and of terms."""
    text = decoded(data)
    for name in ('versionadded', 'versionremoved', 'deprecated'):
        lines = lines_of(text, 'page')
        for number, line in enumerate(lines):
            below = lines[number + 1 : number + 1 + LONGEST]
            found = note(name, line.text, line, (other.text for other in below))
            if found:
                holds.expect(found.place.line == line.number, found)
                list(found.removed_names())
                list(found.deprecated_names())
                version = parse_version(found.version)
                if version:
                    RELEASES.describe(version)
    sentence = first_sentence(text)
    holds.expect(len(sentence) <= len(text) + 1, sentence)


RELEASES = Releases()

TARGETS: Mapping[str, Callable[[bytes], None]] = {
    **{engine: partial(block, engine) for engine in sorted(ENGINES)},
    'deployment': deployment,
    'rst': partial(page, '.rst'),
    'md': partial(page, '.md'),
    'notes': notes,
}
