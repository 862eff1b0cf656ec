"""DEP301: a block uses what a version note on the same page says was removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.notes import Change, Note
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document

# A word such as ``http`` or ``debug`` means many things; a name with a mark inside is one thing.
DISTINCT = re.compile(r'[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+')
NOTE = Note(
    Change.CHANGED,
    '32.0.0',
    'The ``glance-wsgi-api`` WSGI script has been removed.',
    Place('page.rst', 1, 1, 1, 1),
)
OPENED = 'LimitRequestBody 0\n<Directory /usr/local/bin>\n    Require all granted\n</Directory>\n'


class RemovedNameUsed(DeploymentRule):
    """The page shows a configuration for releases that no longer have what it starts.

    The block was right once, the note was added later, and nobody looked at both. What a
    ``versionremoved`` note names, or a ``versionchanged`` note that says in so many words that a
    named thing was removed, may not stand in a value of a block of the same page.
    """

    code = 'DEP301'
    name = 'removed-name-used'
    severity = Severity.ERROR
    message = '{name} was removed in {version}, says this page itself'
    help = 'show what takes its place, or take the block away'
    notes = (NOTE,)
    bad = (
        Example(
            'apache',
            'WSGIChunkedRequest On\nWSGIScriptAlias / /usr/local/bin/glance-wsgi-api\n' + OPENED,
        ),
    )
    good = (
        Example(
            'apache',
            'WSGIChunkedRequest On\nWSGIScriptAlias / /usr/local/bin/glance.wsgi\n' + OPENED,
        ),
    )
    exceptions = (
        'The block is for older releases on purpose: put it on a page of its own, or mark it with '
        '``:expect: DEP301``.'
    )
    source = "The page's own version notes."

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for note, name in names_of(deployment, 'removed'):
            for document, span in uses(deployment, name):
                yield self.report(document, span, name=name, version=note.version).with_related(
                    Related(note.place, f'the note: {note.version}')
                )


def names_of(deployment: Deployment, fate: str) -> Iterator[tuple[Note, str]]:
    """Yield the distinct names that the page's notes say are ``removed`` or ``deprecated``.

    A name that another note says was removed is not said to be deprecated as well.
    """
    gone = {name for note in deployment.notes for name in note.removed_names()}
    for note in deployment.notes:
        removed = fate == 'removed'
        for name in note.removed_names() if removed else note.deprecated_names():
            if DISTINCT.fullmatch(name) and (removed or name not in gone):
                yield note, name


def uses(deployment: Deployment, name: str) -> Iterator[tuple[Document, Span]]:
    """Yield the words in the values of the blocks that hold ``name`` as a whole word."""
    whole = re.compile(rf'(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)')
    for document in deployment.documents:
        if name not in document.source.text:
            continue
        for statement, _scope in document.placed:
            for word in statement.arguments:
                if whole.search(word.text):
                    yield document, word.span
