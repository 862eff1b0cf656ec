"""DEP609: an application uses processes that belong to another virtual host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.rules.deployment.apache_hosts import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Placed, Statement

HOST = '<VirtualHost *:80>\n    ServerName {}\n    {}\n</VirtualHost>\n'
DAEMON = 'WSGIDaemonProcess glance processes=4'
USER = HOST.format('image.example.com', 'WSGIProcessGroup glance')


class DaemonProcessOfAnotherHost(DeploymentRule):
    """Processes that are defined in a virtual host serve this host only, told by its ServerName.

    Another host that uses them answers with 500. Those defined outside of all hosts serve any.
    """

    code = 'DEP609'
    name = 'daemon-process-of-another-host'
    severity = Severity.ERROR
    message = 'the processes {name!r} belong to {owner} and do not serve {user}'
    help = 'move WSGIDaemonProcess out of the virtual host, or define others for this one'
    bad = (Example('apache', HOST.format('api.example.com', DAEMON) + USER),)
    good = (Example('apache', f'{DAEMON}\n{USER}'),)
    exceptions = 'None: every request is answered with 500.'
    source = (
        'Measured with mod_wsgi 4.9.4: "Daemon process called ... cannot be accessed by this WSGI '
        'application", 500; hosts of one ServerName may share.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        names: dict[Statement | None, str] = {None: ''}
        for _document, placed in deployment.named('apache', 'servername'):
            if placed.statement.arguments:
                name = placed.statement.arguments[0].text.partition(':')[0].lower()
                names.setdefault(host_of(placed), name)
        owners: dict[str, list[tuple[Document, Placed, str]]] = {}
        for document, placed in deployment.named('apache', 'wsgidaemonprocess'):
            for word in placed.statement.arguments[:1]:
                entry = (document, placed, names.get(host_of(placed), ''))
                owners.setdefault(word.text, []).append(entry)
        for document, placed in deployment.named('apache', 'wsgiprocessgroup'):
            user = names.get(host_of(placed), '')
            for word in placed.statement.arguments[:1]:
                found = owners.get(word.text, [])
                if user and found and all(owner not in ('', user) for *_, owner in found):
                    where, daemon, owner = found[0]
                    place = where.source.place(daemon.statement.span)
                    values = {'name': shortened(word.text), 'owner': owner, 'user': user}
                    finding = self.report(document, word.span, **values)
                    yield finding.with_related(Related(place, 'the processes'))
