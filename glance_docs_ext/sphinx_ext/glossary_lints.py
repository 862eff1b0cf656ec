"""The terms of a ``reference-glossary`` that no page links to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes

from glance_docs_ext.diagnostics import Related
from glance_docs_ext.rules.page.unlinked_term import UnlinkedTerm
from glance_docs_ext.rules.page.unused_term import UnusedTerm
from glance_docs_ext.sphinx_ext.glossary import Links, glossary_terms
from glance_docs_ext.sphinx_ext.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic


class Mentions(NamedTuple):
    """Which of the terms that were looked for a page has in its text, and where first."""

    looked_for: frozenset[str]
    found: dict[str, tuple[str, int]]


def glossary_findings(env: BuildEnvironment) -> Iterator[Diagnostic]:
    """Yield a finding for each term of a ``reference-glossary`` that nothing links to."""
    places = Links(env).linked()
    terms = [one for found in glossary_terms(env).definitions.values() for one in found]
    linked = {(one.docname, one.entry) for one in terms if (one.docname, one.anchor) in places}
    loose = [
        one
        for one in terms
        if one.reported and one.anchor == one.entry and (one.docname, one.entry) not in linked
    ]
    if not loose:
        return
    mentions = _mentions(env, frozenset(one.term for one in loose))
    positions = Positions(env.config.source_encoding, {})
    for one in loose:
        place = positions.inline(one.term, one.source, max(1, one.line))
        if one.term in mentions:
            used = positions.inline(one.term.split()[0], *mentions[one.term])
            finding = UnlinkedTerm().report_at(place, term=one.term)
            yield finding.with_related(Related(used, 'used here'))
        else:
            yield UnusedTerm().report_at(place, term=one.term)


def _mentions(env: BuildEnvironment, terms: frozenset[str]) -> dict[str, tuple[str, int]]:
    """Return file and line of the first mention of each of ``terms`` that has one.

    A page that was not read again is not searched again.
    """
    known: dict[str, Mentions] = glossary_terms(env).data['mentions']
    first: dict[str, tuple[str, int]] = {}
    for docname in sorted(env.found_docs):
        if docname not in known or not terms <= known[docname].looked_for:
            found = dict(_search(env.get_doctree(docname), terms))
            known[docname] = Mentions(terms, found)
        first = {**known[docname].found, **first}
    return {term: place for term, place in first.items() if term in terms}


def _search(
    document: nodes.document, terms: Iterable[str]
) -> Iterator[tuple[str, tuple[str, int]]]:
    left = {' '.join(term.casefold().split()): term for term in terms if term.strip()}
    for paragraph in document.findall(nodes.paragraph):
        if not left:
            return
        if _is_definition(paragraph):
            continue
        text = ' '.join(_prose(paragraph).casefold().split())
        for folded in [folded for folded in left if folded in text]:
            if re.search(rf'(?<!\w){re.escape(folded)}(?!\w)', text):
                yield left.pop(folded), (paragraph.source or '', paragraph.line or 1)


def _prose(paragraph: nodes.paragraph) -> str:
    """Return the text of a paragraph without its literals."""
    return ''.join(
        ' ' if isinstance(text.parent, nodes.literal) else text.astext()
        for text in paragraph.findall(nodes.Text)
    )


def _is_definition(node: nodes.Element) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, addnodes.glossary):
        parent = parent.parent
    return parent is not None
