"""``.. reference-glossary::``: Sphinx's glossary, with links to read on and back to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import Glossary
from sphinx.errors import NoUri
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from glance_docs_ext.sphinx_ext.glossary import REFERENCE, Links, glossary_terms, items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node


class term_uses(nodes.General, nodes.Element):  # noqa: N801  # as docutils names its nodes
    """The place of the pages that use a term, until a page is written."""


class ReferenceGlossary(Glossary):
    """A glossary whose definitions may end with addresses: these become a list of links."""

    def run(self) -> list[Node]:
        result = super().run()
        for glossary in result:
            if isinstance(glossary, addnodes.glossary):
                glossary[REFERENCE] = True
                for item in items(glossary):
                    _add_fields(cast('nodes.definition', item[-1]), self.env.docname)
        return result


class UsesWriter(SphinxPostTransform):
    """Put links to the pages that use a term behind its definition."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        places = list(self.document.findall(term_uses))
        if not places:
            return
        pages = Links(self.env).pages()
        for place in places:
            fields = cast('nodes.field_list', place.parent)
            anchors = [
                anchor
                for term in fields.parent.parent.children
                if isinstance(term, nodes.term)
                for anchor in term['ids']
            ]
            used = (pages.get((place['docname'], anchor), ()) for anchor in anchors)
            docnames = sorted({docname for names in used for docname in names})
            fields.remove(place)
            if docnames:
                links = nodes.paragraph('', '', *self._links(docnames, place['docname']))
                fields += _field('Used in', links)
            if not len(fields):
                fields.parent.remove(fields)

    def _links(self, docnames: Iterable[str], onto: str) -> list[Node]:
        builder = glossary_terms(self.env).builder
        links: list[Node] = []
        for docname in docnames:
            text = nodes.Text(self.env.titles[docname].astext())
            try:
                uri = builder.get_relative_uri(onto, docname)
                link: Node = nodes.reference('', '', text, internal=True, refuri=uri)
            except NoUri:  # the page is not part of this PDF
                link = text
            links += [nodes.Text(', '), link] if links else [link]
        return links


def _add_fields(definition: Element, docname: str) -> None:
    """Make the addresses at the end of ``definition`` a field, and have a place for the uses."""
    paragraphs: list[nodes.paragraph] = []
    while len(definition) and _is_bare(definition[-1]):
        paragraphs.insert(0, cast('nodes.paragraph', definition.pop()))
    links = [link for paragraph in paragraphs for link in _one_each(paragraph)]
    fields = nodes.field_list('', classes=['glossary-references'])
    if len(links) == 1:
        fields += _field(_('See also'), links[0])
    elif links:
        entries = (nodes.list_item('', link) for link in links)
        fields += _field(_('See also'), nodes.bullet_list('', *entries))
    fields += term_uses('', docname=docname)
    definition += fields


def _is_bare(node: Node) -> bool:
    """Whether ``node`` is a paragraph of nothing but addresses."""
    return (
        isinstance(node, nodes.paragraph)
        and any(isinstance(child, nodes.reference) for child in node.children)
        and all(
            child.get('refuri') == child.astext()
            if isinstance(child, nodes.reference)
            else not child.astext().strip()
            for child in node.children
        )
    )


def _one_each(paragraph: nodes.paragraph) -> list[nodes.paragraph]:
    """Return a paragraph for each address; a single one stays as translators know it."""
    links = [child for child in paragraph.children if isinstance(child, nodes.reference)]
    if len(links) == 1:
        return [paragraph]
    split = []
    for link in links:
        alone = nodes.paragraph(link.astext(), '', link)
        alone.source, alone.line = paragraph.source, paragraph.line
        split.append(alone)
    return split


def _field(name: str, body: Node) -> nodes.field:
    return nodes.field(
        '', nodes.field_name('', name, translatable=False), nodes.field_body('', body)
    )
