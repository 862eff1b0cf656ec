"""Version labels: ``.. versionchanged:: 21.0.0 (Victoria)`` read as its author means it.

Sphinx takes ``21.0.0`` as the version and ``(Victoria)`` as the first words of the note's body:
HTML gets a paragraph that says "(Victoria)", text output glues it to the next word, and translators
are asked to translate it. The transform below moves the label behind the version. Sphinx's own
directives stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.changeset import VersionChange, versionlabels
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.domains.changeset import ChangeSetDomain

LABEL = re.compile(r'\(([^()\n]+)\)[ \t]*(?:\n|\Z)')
"""A label is all that stands in parentheses on the line of the version.

What follows on the same line makes it a remark: ``1.2 (experimental) The *foo* parameter.``
"""

ALIASES = {
    'version-added': 'versionadded',
    'version-changed': 'versionchanged',
    'version-deprecated': 'deprecated',
    'version-removed': 'versionremoved',
}
"""The spellings that Sphinx 9.0 brought, and the ones that all versions know."""


class AliasedVersionChange(VersionChange):
    """One of Sphinx 9's spellings for a Sphinx that does not have it yet."""

    def run(self) -> list[Node]:
        self.name = ALIASES[self.name]
        return super().run()


class VersionLabels(SphinxTransform):
    """Move the labels of all version notes behind their versions."""

    default_priority = 5  # before messages are looked up for translation

    def apply(self, **_kwargs: Any) -> None:
        for note in self.document.findall(addnodes.versionmodified):
            before = note.astext()
            if repair(note):
                _correct_change(self.env.domains.changeset_domain, before, note.astext())


def repair(note: addnodes.versionmodified) -> bool:
    """Move the label from the body to the version, in ``note['label']`` and in its words.

    Returns whether there was one.
    """
    argument = _argument(note)
    match = LABEL.match(argument.rawsource) if argument is not None else None
    if argument is None or match is None or not argument.astext().startswith(match[0].strip()):
        return False
    heading = cast('nodes.inline', argument.parent[0])
    note['label'] = match[1].strip()
    _cut(argument, match)
    if not argument.children:
        del note[0]
        _lead(note, heading)
    _rename(note, heading)
    return True


def _argument(note: addnodes.versionmodified) -> nodes.inline | None:
    """Return what Sphinx made of the words behind the version.

    It looks just like the first paragraph of a body, but stands on the line of the directive.
    """
    if not note.children or not isinstance(note[0], nodes.paragraph) or len(note[0]) != 2:
        return None
    content = note[0][1]
    if not isinstance(content, nodes.inline) or content.line != note.line:
        return None
    return content if content.children and isinstance(content[0], nodes.Text) else None


def _cut(argument: nodes.inline, match: re.Match[str]) -> None:
    """Take the label off the front of ``argument``, from its nodes and from its message."""
    argument.rawsource = argument.rawsource[match.end() :].lstrip()
    text = argument[0].astext()
    rest = text[text.index(')') + 1 :].lstrip()
    if rest:
        argument.replace(argument[0], nodes.Text(rest))
    else:
        del argument[0]


def _lead(note: addnodes.versionmodified, heading: nodes.inline) -> None:
    """Put ``heading`` where Sphinx puts it in a note that has only a body."""
    if note.children and isinstance(note[0], nodes.paragraph):
        body = note[0]
        if body.rawsource:
            content = nodes.inline(body.rawsource, '', *body.children, translatable=True)
            content.source, content.line = body.source, body.line
            body.replace_self(nodes.paragraph('', '', content, translatable=False))
        note[0].insert(0, heading)
    else:
        note.insert(0, nodes.paragraph('', '', heading, translatable=False))


def _rename(note: addnodes.versionmodified, heading: nodes.inline) -> None:
    words = versionlabels[note['type']] % f'{note["version"]} ({note["label"]})'
    alone = len(note) == 1 and len(heading.parent) == 1
    ending = '.' if alone else ': '
    heading.children = []
    heading += nodes.Text(words + ending)


def _correct_change(domain: ChangeSetDomain, before: str, after: str) -> None:
    """Correct the text that Sphinx's ``changes`` builder prints for a note."""
    for changes in domain.changesets.values():
        changes[:] = [
            change._replace(content=after) if change.content == before else change
            for change in changes
        ]
