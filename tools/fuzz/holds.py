"""What must hold of any text: no exception, and nothing that points outside of it.

Rules are asked one by one and not through the checker, which keeps a rule that fails from stopping
a build: here its exception is what is looked for.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from glance_docs_ext.checker import read_together
from glance_docs_ext.engines import get_engine
from glance_docs_ext.pages import read_page
from glance_docs_ext.reporters import FORMATS
from glance_docs_ext.rules import deployment_rules, rules_for
from glance_docs_ext.source import Source, Span
from tools.fuzz.covers import uncovered
from tools.fuzz.prints import read_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.notes import Note
    from glance_docs_ext.pages.blocks import Block
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

PAGE_FOLDER = '/nonexistent'  # so that no page of a fuzzer finds a file to include


class DoesNotHold(AssertionError):
    """Something that must hold of every text does not hold of one."""


def expect(holds: bool, what: object) -> None:
    """Raise `DoesNotHold`, also where Python leaves out assertions."""
    if not holds:
        raise DoesNotHold(what)


def of_a_block(engine: str, text: str, context: str | None) -> Document:
    """Read a text as one block, run all rules on it, and see that all of it holds.

    :raises DoesNotHold: a span lies outside, or the tree does not account for the text
    """
    server = get_engine(engine)
    source = Source(text, 'block')
    server.claims(text)
    document = server.parse(source, context)
    lines_and_columns(source)
    for span in _spans(document):
        expect(0 <= span.start <= span.end <= len(text), span)
    found = [d for rule in rules_for(engine) for d in rule.check(document, server)]
    found += of_a_deployment([document])
    places(found, {'block': text.split('\n')})
    expect(not uncovered(document), uncovered(document))
    read_again(document)
    return document


def of_a_deployment(
    documents: Sequence[Document], services: Iterable[str] = (), notes: Iterable[Note] = ()
) -> list[Diagnostic]:
    """Run all rules about blocks that are read together, and return what they find."""
    deployment = read_together(documents, services, notes)
    return [d for rule in deployment_rules() for d in rule.check(deployment)]


def of_a_page(suffix: str, text: str) -> None:
    """Read a text as a page, its blocks as blocks, and see that their places are the page's.

    :param suffix: ``.rst`` or ``.md``
    :raises DoesNotHold: a place lies outside, or shows another character than the block has
    """
    path = f'{PAGE_FOLDER}/page{suffix}'
    page = read_page(path, text)
    lines = text.removeprefix('\ufeff').replace('\r\n', '\n').replace('\r', '\n').split('\n')
    found = list(page.diagnostics)
    documents = []
    for block in page.blocks:
        _each_character(block)
        server = get_engine(block.engine)
        document = server.parse(block.source, block.context)
        documents.append(document)
        found += [d for rule in rules_for(block.engine) for d in rule.check(document, server)]
    for note in page.notes:
        list(note.removed_names())
        list(note.deprecated_names())
        _inside(note.place, lines)
    found += of_a_deployment(documents, (), page.notes)
    places(found, {path: lines})


def _spans(document: Document) -> Iterator[Span]:
    for statement, _ in document.placed:
        yield statement.span
        yield from (w.span for w in (statement.name, *statement.arguments, statement.rest))
    yield from (comment.span for comment in document.comments)
    yield from (problem.span for problem in document.problems)


def lines_and_columns(source: Source) -> None:
    """See that each offset becomes a line and column that lead back to it."""
    lines = source.text.split('\n')
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    step = max(1, len(source.text) // 200)
    for offset in (*range(0, len(source.text), step), len(source.text)):
        place = source.place(Span(offset, offset))
        expect(starts[place.line - 1] + place.column - 1 == offset, (offset, place))
        expect(place.line == source.line_number(offset), (offset, place))


def _each_character(block: Block) -> None:
    """See that each character of a block stands in its file where its place says."""
    source = block.source
    expect(len(source.origins) == source.text.count('\n') + 1, 'an origin for each line')
    for origin, line in zip(source.origins, source.text.split('\n'), strict=True):
        for offset, character in enumerate(line[:500]):
            column = origin.column(offset)
            shown = origin.physical[column - 1 : column]
            blank = character == ' ' and shown in {'\t', '\v', '\f'}
            expect(shown == character or blank, (origin, offset, character))


def places(found: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]]) -> None:
    """See that findings point into their texts, and that every reporter can tell them.

    :param lines: of each text, by the path it goes by
    """
    diagnostics = list(found)
    for diagnostic in diagnostics:
        for place in (diagnostic.place, *(related.place for related in diagnostic.related)):
            expect(place.path in lines, place)
            _inside(place, lines[place.path])
    for render in FORMATS.values():
        render(diagnostics)


def _inside(place: Place, lines: Sequence[str]) -> None:
    expect(1 <= place.line <= place.end_line <= len(lines), place)
    expect((place.line, place.column) <= (place.end_line, place.end_column), place)
    for line, column in ((place.line, place.column), (place.end_line, place.end_column)):
        expect(1 <= column <= len(lines[line - 1]) + 1, place)
