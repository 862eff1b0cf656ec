"""DEP302: a block uses what a version note on the same page says is deprecated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.notes import Change, Note
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.removed_name_used import names_of, uses
from glance_docs_ext.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

NOTE = Note(Change.DEPRECATED, '3.0', 'The ``image-wsgi`` script.', Place('page.rst', 1, 1, 1, 1))


class DeprecatedNameUsed(DeploymentRule):
    """The block works, and will stop to work with a release to come.

    A reader who copies it today has to change it soon; better show the successor.
    """

    code = 'DEP302'
    name = 'deprecated-name-used'
    severity = Severity.INFO
    message = '{name} is deprecated since {version}, says this page itself'
    help = 'show its successor'
    notes = (NOTE,)
    bad = (Example('uwsgi', '[uwsgi]\nwsgi-file = /usr/bin/image-wsgi\n'),)
    good = (Example('uwsgi', '[uwsgi]\nmodule = image.wsgi:application\n'),)
    exceptions = 'There is no successor yet.'
    source = "The page's own version notes."

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for note, name in names_of(deployment, 'deprecated'):
            for document, span in uses(deployment, name):
                yield self.report(document, span, name=name, version=note.version).with_related(
                    Related(note.place, f'the note: {note.version}')
                )
