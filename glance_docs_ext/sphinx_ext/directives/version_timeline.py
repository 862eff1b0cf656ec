"""``.. version-timeline::``: the version notes of a page, some pages or the project, by version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from packaging.version import Version
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective

from glance_docs_ext.notes import Change
from glance_docs_ext.releases import parse_version
from glance_docs_ext.sphinx_ext.freshness import stale_pages
from glance_docs_ext.sphinx_ext.note_copies import copied, linked
from glance_docs_ext.sphinx_ext.version_notes import Request, anchored_notes, version_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import OptionSpec

    from glance_docs_ext.sphinx_ext.version_notes import VersionNote, VersionNotes

CHANGE_NAMES = [change.value for change in Change]
URGENT = (Change.DEPRECATED, Change.REMOVED)
"""What a reader who upgrades must not miss: printed in bold."""


class version_timeline(nodes.General, nodes.Element):  # noqa: N801  # as docutils names its nodes
    """The place of a timeline until a page is written."""


def _changes(argument: str | None) -> tuple[Change, ...]:
    given = (argument or '').replace(',', ' ').split()
    for word in given:
        if word not in CHANGE_NAMES:
            raise ValueError(f'found {word!r}; expected some of: {" ".join(CHANGE_NAMES)}')
    return tuple(map(Change, given)) or tuple(Change)


def _version(argument: str | None) -> str:
    if parse_version(argument or '') is None:
        raise ValueError(f'found {argument!r}; expected a version such as 21.0.0')
    return argument or ''


class VersionTimeline(SphinxDirective):
    """Collect version notes and show them by version, the newest first.

    Without ``:pages:`` or ``:project:`` the notes are those of the page itself.
    """

    option_spec: ClassVar[OptionSpec] = {
        'pages': directives.unchanged_required,
        'project': directives.flag,
        'oldest-first': directives.flag,
        'types': _changes,
        'since': _version,
        'until': _version,
    }

    def run(self) -> list[Node]:
        if 'pages' in self.options and 'project' in self.options:
            raise self.error('version-timeline: write :pages: or :project:, not both')
        source, line = self.get_source_info()
        request = Request(
            docname=self.env.docname,
            source=source,
            line=line,
            docnames=self._docnames(),
            changes=self.options.get('types', tuple(Change)),
            since=self.options.get('since', ''),
            until=self.options.get('until', ''),
        )
        version_notes(self.env).requests.setdefault(self.env.docname, []).append(request)
        node = version_timeline('', request=request, oldest_first='oldest-first' in self.options)
        self.set_source_info(node)
        return [node]

    def _docnames(self) -> tuple[str, ...] | None:
        if 'project' in self.options:
            return None
        names = self.options.get('pages', '').split()
        here = self.env.docname
        return tuple(dict.fromkeys(docname_join(here, name) for name in names)) or (here,)


class TimelineWriter(SphinxPostTransform):
    """Put the collected notes in the place of each timeline."""

    default_priority = 5  # before references are resolved: the notes bring their own

    def run(self, **_kwargs: Any) -> None:
        for node in list(self.document.findall(version_timeline)):
            notes = selected(version_notes(self.env), node['request'])
            node.replace_self(_Timeline(self.env, node['request']).render(notes, node))


class _Timeline:
    """One timeline in the making; reads each page that it shows once."""

    def __init__(self, env: BuildEnvironment, request: Request) -> None:
        self.env = env
        self.domain = version_notes(env)
        self.request = request
        self.originals: dict[str, dict[str, addnodes.versionmodified]] = {}

    def render(self, notes: Iterable[VersionNote], node: nodes.Element) -> list[Node]:
        items = []
        for group in by_version(notes, oldest_first=node['oldest_first']):
            entries = [entry for note in group if (entry := self.entry(note)) is not None]
            if entries:
                definition = nodes.definition('', nodes.bullet_list('', *entries))
                items.append(nodes.definition_list_item('', self.term(group), definition))
        if not items:
            return [nodes.paragraph('', 'No changes are recorded.')]
        return [nodes.definition_list('', *items, classes=['version-timeline'])]

    def term(self, group: list[VersionNote]) -> nodes.term:
        """Return "21.0.0 (Victoria), 2020-10-14", with what is known of it."""
        label = next((note.label for note in group if note.label), '')
        version = parse_version(group[0].version)
        series, date = self.domain.releases.describe(version) if version else ('', '')
        term = nodes.term('', group[0].version)
        if series or label:
            term += nodes.Text(f' ({series or label})')
        if date:
            term += nodes.Text(', ')
            term += nodes.inline('', date, classes=['version-date'])
        return term

    def entry(self, note: VersionNote) -> nodes.list_item | None:
        """Return a note, its kind in front and a link to it behind; None where it is hidden."""
        original = self.original(note)
        if original is None or self.hidden(original):
            return None
        body = copied(_body(original), note.docname, self.request.docname, self.domain.builder)
        if not body or not isinstance(body[0], nodes.paragraph):
            body.insert(0, nodes.paragraph())
        first = cast('nodes.paragraph', body[0])
        word = nodes.strong if note.change in URGENT else nodes.inline
        first[:0] = [
            word('', note.change.capitalize(), classes=['version-kind', f'version-{note.change}']),
            nodes.Text(': ' if len(first) else ''),
        ]
        last = body[-1] if isinstance(body[-1], nodes.paragraph) else first
        last += self.origin(note)
        return nodes.list_item('', *body)

    def origin(self, note: VersionNote) -> list[Node]:
        text: list[Node] = [nodes.Text(note.subject or note.docname)]
        link = linked(self.domain.builder, self.request.docname, note.docname, note.anchor, text)
        return [nodes.Text(' ('), *link, nodes.Text(')')]

    def original(self, note: VersionNote) -> addnodes.versionmodified | None:
        if note.docname not in self.originals:
            doctree = self.env.get_doctree(note.docname)
            self.originals[note.docname] = {
                node['anchor']: node for node in anchored_notes(doctree)
            }
        return self.originals[note.docname].get(note.anchor)

    def hidden(self, original: nodes.Element) -> bool:
        """Whether ``original`` stands in an ``only`` that this builder leaves out."""
        parent = original.parent
        while parent is not None:
            if isinstance(parent, addnodes.only) and not self.domain.builder.tags.eval_condition(
                parent['expr']
            ):
                return True
            parent = parent.parent
        return False


def _body(original: addnodes.versionmodified) -> list[Node]:
    """Return the nodes of a note without the words that Sphinx put in front of them."""
    heading = cast('nodes.paragraph', original[0])
    rest = heading.copy()
    rest += [
        child
        for child in heading.children
        if 'versionmodified' not in getattr(child, 'attributes', {}).get('classes', ())
        and not isinstance(child, nodes.target)
    ]
    return [*([rest] if len(rest) else []), *original.children[1:]]


def selected(domain: VersionNotes, request: Request) -> list[VersionNote]:
    """Return the notes that a timeline shows, page by page."""
    return [note for note in domain.collected(request) if _wanted(note, request)]


def _wanted(note: VersionNote, request: Request) -> bool:
    if note.change not in request.changes:
        return False
    version = parse_version(note.version)
    since, until = parse_version(request.since), parse_version(request.until)
    if version is None:
        return since is None and until is None
    if since is not None and version < since:
        return False
    return until is None or version <= until or _begins(version, until)


def _begins(version: Version, until: Version) -> bool:
    """Whether ``version`` begins with ``until``: 21 lets 21.1.0 in."""
    return version.release[: len(until.release)] == until.release


def by_version(notes: Iterable[VersionNote], *, oldest_first: bool) -> Iterator[list[VersionNote]]:
    """Yield the notes of each version, sorted by it; what is not a version comes last."""
    groups: dict[Version | str, list[VersionNote]] = {}
    for note in notes:
        groups.setdefault(parse_version(note.version) or note.version, []).append(note)
    versions = sorted(key for key in groups if isinstance(key, Version))
    others = sorted(key for key in groups if isinstance(key, str))
    for key in (*(versions if oldest_first else reversed(versions)), *others):
        yield groups[key]


def stale_timelines(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose timelines show something new; for ``env-updated``."""
    domain = version_notes(env)
    shown = {
        docname: [
            (request, note, domain.releases.describe(parse_version(note.version) or Version('0')))
            for request in requests
            for note in selected(domain, request)
        ]
        for docname, requests in domain.requests.items()
    }
    return stale_pages(shown, domain.written, app.builder)
