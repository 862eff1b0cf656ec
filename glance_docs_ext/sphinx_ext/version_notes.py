"""Version notes: every ``versionadded``, ``versionchanged``, ... of the project, and its place."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.nodes import make_id

from glance_docs_ext.notes import Change
from glance_docs_ext.releases import Releases, ReleasesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

CHANGES = {
    'versionadded': Change.ADDED,
    'versionchanged': Change.CHANGED,
    'deprecated': Change.DEPRECATED,
    'versionremoved': Change.REMOVED,
}
"""What Sphinx's names for the notes stand for."""


class VersionNote(NamedTuple):
    """A version note: what it is, and where it stands.

    ``anchor`` is its id on the page; ``line`` is 1-based in the file ``source``; ``subject`` the
    object or section that it is about; ``above`` the anchor of the note straight above it, if any;
    ``digest`` changes with its text.
    """

    docname: str
    anchor: str
    change: Change
    version: str
    label: str
    source: str
    line: int
    subject: str
    above: str
    digest: str


class Request(NamedTuple):
    """What one ``version-timeline`` asks for.

    ``docnames`` are the pages it collects, None for the whole project; ``changes`` the kinds
    of notes it shows; ``since`` and ``until`` are versions, both included, or ''.
    """

    docname: str
    source: str
    line: int
    docnames: tuple[str, ...] | None
    changes: tuple[Change, ...]
    since: str
    until: str


class VersionNotes(Domain):
    """The notes of all pages and the timelines that show them, kept between builds."""

    name = 'versionnotes'
    label = 'version notes'
    data_version = 1
    initial_data: ClassVar[dict[str, dict[str, Any]]] = {
        'notes': {},  # docname -> list of VersionNote, in the order of the page
        'requests': {},  # docname -> list of Request
        'written': {},  # see freshness.py
    }

    builder: Builder
    releases = Releases()
    """The release data; read anew at the start of each build."""

    @property
    def notes(self) -> dict[str, list[VersionNote]]:
        """The notes of each page, in the order of the page."""
        notes: dict[str, list[VersionNote]] = self.data['notes']
        return notes

    @property
    def requests(self) -> dict[str, list[Request]]:
        """The timelines of each page."""
        requests: dict[str, list[Request]] = self.data['requests']
        return requests

    @property
    def written(self) -> dict[str, dict[str, str]]:
        """What the pages with timelines showed when they were last written."""
        written: dict[str, dict[str, str]] = self.data['written']
        return written

    def collected(self, request: Request) -> Iterator[VersionNote]:
        """Yield the notes on the pages of ``request``, page by page."""
        docnames = sorted(self.notes) if request.docnames is None else request.docnames
        for docname in docnames:
            yield from self.notes.get(docname, ())

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        found = [_note(node, docname, env) for node in anchored_notes(document)]
        if found:
            self.notes[docname] = found

    def clear_doc(self, docname: str) -> None:
        self.notes.pop(docname, None)
        self.requests.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for name in ('notes', 'requests'):
            self.data[name].update(
                (docname, found)
                for docname, found in otherdata[name].items()
                if docname in docnames
            )


def prepare(app: Sphinx) -> None:
    """Read the release data and note the builder; for ``builder-inited``."""
    domain = version_notes(app.env)
    domain.builder = app.builder
    try:
        domain.releases = Releases.read(app.config.configcheck_releases, Path(app.confdir))
    except ReleasesError as error:
        logger.warning('%s', error, type='configcheck', subtype='releases')


def version_notes(env: BuildEnvironment) -> VersionNotes:
    """Return the version notes of the project."""
    return cast('VersionNotes', env.get_domain(VersionNotes.name))


class VersionAnchors(SphinxTransform):
    """Give every version note an id that a timeline can link to.

    The id stands on a target inside the note: only HTML writes the ids of the note itself.
    """

    default_priority = 6  # after the labels, before messages are looked up for translation

    def apply(self, **_kwargs: Any) -> None:
        for note in self.document.findall(addnodes.versionmodified):
            if not note.children or not isinstance(note[0], nodes.paragraph):
                continue
            anchor = make_id(self.env, self.document, 'change', note['version'])
            target = nodes.target('', '', ids=[anchor])
            target.referenced = 1  # or docutils says that nobody links to it
            note[0].insert(0, target)
            note['anchor'] = anchor
            self.document.note_explicit_target(target)


def anchored_notes(document: nodes.document) -> Iterable[addnodes.versionmodified]:
    """Return the notes of a page that `VersionAnchors` gave an id."""
    return [note for note in document.findall(addnodes.versionmodified) if 'anchor' in note]


def _note(node: addnodes.versionmodified, docname: str, env: BuildEnvironment) -> VersionNote:
    return VersionNote(
        docname=docname,
        anchor=node['anchor'],
        change=CHANGES[node['type']],
        version=node['version'],
        label=node.get('label', ''),
        source=node.source or str(env.doc2path(docname)),
        line=node.line or 1,
        subject=_subject(node),
        above=_above(node),
        digest=sha256(node.pformat().encode(errors='surrogatepass')).hexdigest(),
    )


def _subject(node: Element) -> str:
    """Return the name of the innermost object or section that ``node`` stands in."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, addnodes.desc):
            signature = parent.next_node(addnodes.desc_signature)
            if signature is not None:
                return str(signature.get('_toc_name') or signature.astext())
        if isinstance(parent, nodes.section):
            title = parent.next_node(nodes.title)
            return title.astext() if title is not None else ''
        parent = parent.parent
    return ''


def _above(node: Element) -> str:
    """Return the anchor of the note that stands straight above ``node``, '' where none does."""
    position = node.parent.index(node)
    previous = node.parent[position - 1] if position else None
    if isinstance(previous, addnodes.versionmodified):
        return str(previous.get('anchor', ''))
    return ''
