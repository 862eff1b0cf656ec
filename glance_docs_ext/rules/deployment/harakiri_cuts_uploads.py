"""DEP417: a limit for requests that also counts the time a client takes to send its body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

SERVICE = '[uwsgi]\nmaster = true\nharakiri = 60\n'


class HarakiriCutsUploads(DeploymentRule):
    """``harakiri`` ends an upload that takes longer, however well it goes.

    The clock runs from the moment the headers are there. With ``post-buffering`` the whole body is
    stored first, and only the application's own time is counted.
    """

    code = 'DEP417'
    name = 'harakiri-cuts-uploads'
    severity = Severity.INFO
    message = 'uploads that take longer than {seconds} s are cut by harakiri'
    help = 'take harakiri away, raise it to the longest upload, or store bodies with post-buffering'
    services = frozenset({'uploads'})
    bad = (Example('uwsgi', SERVICE),)
    good = (Example('uwsgi', f'{SERVICE}post-buffering = 65536\n'),)
    exceptions = 'The proxy in front stores the whole body before it passes it on, as nginx does.'
    source = (
        'uWSGI says so itself when it starts: "you have enabled harakiri without post buffering". '
        'Measured with uWSGI 2.0.21: harakiri = 2 cuts a body that takes 5 s, and does not with '
        'post-buffering.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for document in deployment.of('uwsgi'):
            if any(document.named('post-buffering', 'post-buffering-bufsize')):
                continue
            for placed in document.named('harakiri'):
                seconds = placed.statement.rest.text
                if seconds.isdecimal() and int(seconds[:9]) > 0:
                    yield self.report(
                        document, placed.statement.name.span, seconds=int(seconds[:9])
                    )
