"""DEP604: an application is put into a group of processes that no block defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Placed

DAEMON = 'WSGIDaemonProcess glance-api processes=4\nWSGIProcessGroup {}\n'


class UndefinedDaemonProcess(DeploymentRule):
    """Apache starts, and answers every request to the application with 500.

    ``WSGIProcessGroup`` and the option ``process-group=`` must name a group that a
    ``WSGIDaemonProcess`` defines, letter for letter.
    """

    code = 'DEP604'
    name = 'undefined-daemon-process'
    severity = Severity.ERROR
    message = 'no WSGIDaemonProcess is called {name!r}'
    help = 'this page defines: {defined}'
    bad = (Example('apache', DAEMON.format('glance')),)
    good = (Example('apache', DAEMON.format('glance-api')),)
    exceptions = 'The group is defined in a block that the page leaves out.'
    source = (
        'Measured with mod_wsgi 4.9.4: "Syntax OK", then "No WSGI daemon process '
        'called ... has been configured" and 500.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        defined = sorted(set(_defined(deployment)))
        if not defined or not shows_all(deployment):  # they may be defined elsewhere
            return
        for document, name, span in _used(deployment):
            # %{GLOBAL} is no group, %{ENV:...} is decided per request, ${...} at start.
            if name not in defined and not name.startswith(('%', '$')):
                yield self.report(document, span, name=shortened(name), defined=', '.join(defined))


def _defined(deployment: Deployment) -> Iterator[str]:
    for _document, placed in deployment.named('apache', 'wsgidaemonprocess'):
        if placed.statement.arguments:
            yield placed.statement.arguments[0].text


def _used(deployment: Deployment) -> Iterator[tuple[Document, str, Span]]:
    for document, placed in deployment.named('apache', 'wsgiprocessgroup'):
        for word in placed.statement.arguments[:1]:
            yield document, word.text, word.span
    keys = ('wsgiscriptalias', 'wsgiscriptaliasmatch', 'wsgiimportscript')
    for document, placed in deployment.named('apache', *keys):
        yield from ((document, name, span) for name, span in _options(placed))


def _options(placed: Placed) -> Iterator[tuple[str, Span]]:
    for word in placed.statement.arguments:
        option, equals, value = word.text.partition('=')
        if equals and option == 'process-group':
            yield value, word.span
