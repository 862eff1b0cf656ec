"""parse(): an ini text as uWSGI reads it, with every word's place in the original.

text -> ``%`` pass -> options by section -> those that are applied, in the engine's order
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext import elision
from glance_docs_ext.engines.uwsgi.magic import replace_magic
from glance_docs_ext.engines.uwsgi.names import names_told_apart
from glance_docs_ext.engines.uwsgi.order import SET, Order
from glance_docs_ext.engines.uwsgi.percent import percent_problems
from glance_docs_ext.engines.uwsgi.placeholders import filled_in
from glance_docs_ext.engines.uwsgi.recovery import recovered
from glance_docs_ext.engines.uwsgi.sections import HEADER_MEANT, SECTION, read_sections
from glance_docs_ext.engines.uwsgi.strictness import STRICT, strictness
from glance_docs_ext.syntax import Document

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.magic import Replaced
    from glance_docs_ext.engines.uwsgi.sections import Sections
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Statement

HEADER = re.compile(
    rf'^(?:[ \t\r]*(?!{elision.HEADER.pattern})\[|{HEADER_MEANT.pattern})',
    re.MULTILINE | re.IGNORECASE,
)
"""A header of a section that is meant as one: dots, ``[...]``, stand for what is left out."""
PLAIN_HEADER = f'[{SECTION}]'


def parse(
    source: Source, context: str | None, catalogue: Catalogue, used: frozenset[str] = frozenset()
) -> Document:
    """Read an ini text as uWSGI does; never raises on account of the text.

    The statements are the options that the engine applies, those of ``[uwsgi]`` and of the sections
    it includes, without a statement for the section itself. An argument is the value after
    ``%(name)`` was replaced where the text says by what; ``rest`` is the value before that.

    :param context: ``section``: the text stands inside ``[uwsgi]``; ``file``: it is a whole file;
        None: it is a file where it has a section header, else the inside of the section
    :param used: the names that other texts refer to as ``%(name)``
    """
    replaced = replace_magic(source.text)
    sections = read(replaced, context)
    sections.problems += recovered(sections, context)
    return assembled(source, context, catalogue, sections, used)


def read(replaced: Replaced, context: str | None) -> Sections:
    """Take a text that stands in ``context`` apart, after its ``%`` pass."""
    inside = context == 'section' or (context is None and not shows_header(replaced.text))
    return read_sections(replaced, inside=inside)


def shows_header(text: str) -> bool:
    """Whether a text has the header of a section."""
    if text.startswith(PLAIN_HEADER) or f'\n{PLAIN_HEADER}' in text:  # as nearly all begin
        return True
    return HEADER.search(text) is not None


def assembled(
    source: Source,
    context: str | None,
    catalogue: Catalogue,
    sections: Sections,
    used: frozenset[str] = frozenset(),
) -> Document:
    """Return what the sections of ``source`` make; ``used`` as for `parse`."""
    order = Order(sections, catalogue)
    problems = sections.problems + order.problems
    statements = tuple(order.applied)
    if '%(' in source.text or sections.deleted:  # between the two signs another may be deleted
        statements = filled_in(order, catalogue)
    unjudged: frozenset[Statement] = frozenset()
    is_told_apart = order.is_conditional or SET in order.names
    if (
        is_told_apart
        or not catalogue.knows_all(order.names)
        or (STRICT in order.names and not all(strictness(order, start=True)))
    ):
        unjudged, faults = names_told_apart(order, statements, catalogue, used)
        problems += faults
    if sections.deleted:
        problems += percent_problems(source.text, sections.deleted, statements)
    return Document(
        source, 'uwsgi', statements, sections.comments, tuple(problems), context, unjudged
    )
