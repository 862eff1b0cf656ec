"""DEP405: a service with long requests that is stopped in the middle of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

FALSE = frozenset({'false', 'off', 'no', '0'})  # core/config.c, uwsgi_opt_true()
SERVICE = '[uwsgi]\nmaster = true\ndie-on-term = true\n'


class RequestsCutOnStop(DeploymentRule):
    """``die-on-term`` makes SIGTERM stop uWSGI, but at once: requests in flight are cut.

    An upload that is cut fails for the client and leaves its image half made. With the hook the
    master lets each worker finish its request, within ``worker-reload-mercy``, and then exits.
    """

    code = 'DEP405'
    name = 'requests-cut-on-stop'
    severity = Severity.WARNING
    message = 'die-on-term cuts requests in flight when the service is stopped'
    help = 'add "hook-master-start = unix_signal:15 gracefully_kill_them_all"'
    services = frozenset({'long-requests'})
    bad = (Example('uwsgi', SERVICE),)
    good = (
        Example('uwsgi', f'{SERVICE}hook-master-start = unix_signal:15 gracefully_kill_them_all\n'),
    )
    exceptions = 'The service manager stops uWSGI in another way, such as a write to master-fifo.'
    source = (
        'Measured with uWSGI 2.0.21 and 2.0.30 and a Glance 33.0.0 upload of 12 s: broken pipe on '
        'SIGTERM with die-on-term alone, 204 and an orderly exit with the hook.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not self.services <= deployment.services:
            return
        for document in deployment.of('uwsgi'):
            hooks = document.named('hook-master-start')
            if any('gracefully_kill_them_all' in p.statement.rest.text for p in hooks):
                continue
            for placed in document.named('die-on-term'):
                arguments = placed.statement.arguments
                if not arguments or arguments[0].text.lower() not in FALSE:
                    yield self.report(document, placed.statement.name.span)
