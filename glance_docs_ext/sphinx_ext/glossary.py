"""Glossary terms: where each is defined, which pages link to it, and tooltips for the links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform

from glance_docs_ext.sphinx_ext.freshness import stale_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

REFERENCE = 'reference'
"""The attribute of the node of a ``reference-glossary``; Sphinx's own glossary does not have it."""

TOOLTIP = 'configcheck-tooltip'
"""The attribute that carries a tooltip from a term that is not resolved yet to its link."""

_SENTENCE_END = re.compile(r'(\S*[.!?])["\u201d\u2019)\]]*\s+(?=[^a-z\s])')
_NO_SENTENCE_END = {'e.g.', 'i.e.', 'cf.', 'vs.', 'etc.', 'resp.'}


class Definition(NamedTuple):
    """A term of a glossary; ``line`` is the one docutils has for it, in the file ``source``.

    ``entry`` is the anchor of the first of the terms that share its definition, ``summary`` the
    first sentence of that, ``reported`` whether its glossary is a ``reference-glossary``, whose
    terms have to be linked from somewhere.
    """

    docname: str
    anchor: str
    entry: str
    term: str
    summary: str
    source: str
    line: int
    reported: bool


class Uses(NamedTuple):
    """What one page names with ``:term:``, in its text and in definitions of a glossary."""

    text: frozenset[str]
    definitions: frozenset[str]


class GlossaryTerms(Domain):
    """The definitions of all glossaries and the uses on all pages, kept between builds."""

    name = 'glossaryterms'
    label = 'glossary terms'
    data_version = 1
    initial_data: ClassVar[dict[str, dict[str, Any]]] = {
        'definitions': {},  # docname -> list of Definition
        'uses': {},  # docname -> Uses
        'mentions': {},  # see glossary_lints.py
        'written': {},  # see freshness.py
    }

    builder: Builder

    @property
    def definitions(self) -> dict[str, list[Definition]]:
        """The definitions on each page, in its order."""
        definitions: dict[str, list[Definition]] = self.data['definitions']
        return definitions

    @property
    def uses(self) -> dict[str, Uses]:
        """The terms that each page names."""
        uses: dict[str, Uses] = self.data['uses']
        return uses

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        source = str(env.doc2path(docname))
        if found := list(_definitions(document, docname, source)):
            self.definitions[docname] = found
        text: set[str] = set()
        definitions: set[str] = set()
        for reference in document.findall(addnodes.pending_xref):
            if _names_a_term(reference):
                (definitions if _in_glossary(reference) else text).add(reference['reftarget'])
        if text or definitions:
            self.uses[docname] = Uses(frozenset(text), frozenset(definitions))

    def clear_doc(self, docname: str) -> None:
        for name in ('definitions', 'uses', 'mentions'):
            self.data[name].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for name in ('definitions', 'uses'):
            self.data[name].update(
                (docname, found)
                for docname, found in otherdata[name].items()
                if docname in docnames
            )


class Links:
    """Which definition each ``:term:`` of the project leads to, as Sphinx finds it."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._terms = glossary_terms(env)
        by_place = {
            (one.docname, one.anchor): one
            for found in self._terms.definitions.values()
            for one in found
        }
        self._exact: dict[str, Definition] = {}
        self._folded: dict[str, Definition] = {}
        for name, _, kind, docname, anchor, _ in env.get_domain('std').get_objects():
            definition = by_place.get((docname, anchor))
            if kind == 'term' and definition is not None:
                self._exact[name] = definition
                self._folded[name.lower()] = definition

    def definition(self, target: str) -> Definition | None:
        """Return what ``target`` leads to: the very term, or one that differs in case only."""
        return self._exact.get(target) or self._folded.get(target.lower())

    def pages(self) -> dict[tuple[str, str], list[str]]:
        """Return for the place of each definition the pages whose text links to it, sorted."""
        pages: dict[tuple[str, str], list[str]] = {}
        for docname, uses in sorted(self._terms.uses.items()):
            for place in self._places(uses.text):
                pages.setdefault(place, []).append(docname)
        return pages

    def linked(self) -> set[tuple[str, str]]:
        """Return the places of the definitions that anything links to."""
        uses = self._terms.uses.values()
        return self._places({target for page in uses for group in page for target in group})

    def _places(self, targets: Iterable[str]) -> set[tuple[str, str]]:
        found = (self.definition(target) for target in targets)
        return {(one.docname, one.anchor) for one in found if one is not None}


class TooltipMarks(SphinxPostTransform):
    """Give each ``:term:`` the first sentence of its definition to carry along."""

    default_priority = 5  # before references are resolved
    formats = ('html',)

    def run(self, **_kwargs: Any) -> None:
        references = [r for r in self.document.findall(addnodes.pending_xref) if _names_a_term(r)]
        if not references:
            return
        links = Links(self.env)
        for reference in references:
            definition = links.definition(reference['reftarget'])
            if definition is not None and isinstance(reference[0], nodes.Element):
                reference[0][TOOLTIP] = definition.summary


class Tooltips(SphinxPostTransform):
    """Turn what a term carries into the tooltip of its link."""

    default_priority = 12  # after references are resolved
    formats = ('html',)

    def run(self, **_kwargs: Any) -> None:
        for node in self.document.findall(nodes.inline):
            summary = node.attributes.pop(TOOLTIP, '')
            if summary and isinstance(node.parent, nodes.reference):
                node.parent.setdefault('reftitle', summary)


def prepare(app: Sphinx) -> None:
    """Note the builder; for ``builder-inited``."""
    glossary_terms(app.env).builder = app.builder


def stale_glossaries(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose tooltips or lists of uses are others now; for ``env-updated``."""
    terms, links = glossary_terms(env), Links(env)
    pages = links.pages()
    shown: dict[str, list[object]] = {}
    for docname, uses in terms.uses.items():
        found = (links.definition(target) for group in uses for target in sorted(group))
        shown[docname] = [definition and definition.summary for definition in found]
    for docname, definitions in terms.definitions.items():
        used = [pages.get((docname, one.anchor), []) for one in definitions if one.reported]
        titles = [[(page, env.titles[page].astext()) for page in names] for names in used]
        shown.setdefault(docname, []).append(titles)
    return stale_pages(shown, terms.data['written'], app.builder)


def glossary_terms(env: BuildEnvironment) -> GlossaryTerms:
    """Return the glossary terms of the project."""
    return cast('GlossaryTerms', env.get_domain(GlossaryTerms.name))


def items(glossary: addnodes.glossary) -> Iterator[nodes.definition_list_item]:
    """Yield the entries of a glossary: one or more terms, and their definition."""
    for definitions in glossary.children:
        if isinstance(definitions, nodes.definition_list):
            yield from cast('list[nodes.definition_list_item]', definitions.children)


def first_sentence(text: str) -> str:
    """Return the first sentence of ``text`` in one line."""
    text = ' '.join(text.split())
    for match in _SENTENCE_END.finditer(text):
        if match[1].lstrip('(').lower() not in _NO_SENTENCE_END:
            return text[: match.end()].rstrip()
    return text


def _definitions(document: nodes.document, docname: str, path: str) -> Iterator[Definition]:
    for glossary in document.findall(addnodes.glossary):
        for item in items(glossary):
            paragraph = item.next_node(nodes.paragraph)
            summary = first_sentence(paragraph.astext()) if paragraph is not None else ''
            terms = [term for term in item.findall(nodes.term) if term.parent is item]
            for term in terms:
                yield Definition(
                    docname,
                    anchor=term['ids'][0],
                    entry=terms[0]['ids'][0],
                    term=term.astext(),
                    summary=summary,
                    source=term.source or path,
                    line=term.line or 1,
                    reported=REFERENCE in glossary,
                )


def _names_a_term(reference: Element) -> bool:
    return (reference.get('refdomain'), reference.get('reftype')) == ('std', 'term')


def _in_glossary(node: Element) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, addnodes.glossary):
        parent = parent.parent
    return parent is not None
