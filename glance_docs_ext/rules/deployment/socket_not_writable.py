"""DEP414: a UNIX socket that the web server may not connect to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

OPENING = ('chmod-socket', 'chown-socket', 'uid', 'gid', 'umask')
UWSGI = '[uwsgi]\nuwsgi-socket = /run/app/app.sock\nbuffer-size = 65535\n'
APACHE = 'ProxyPass / unix:/run/app/app.sock|uwsgi://app/\n'


class SocketNotWritable(DeploymentRule):
    """To connect to a UNIX socket takes the right to write to it, which only its owner has.

    uWSGI creates it with mode 0755. A web server that runs as another user gets "Permission
    denied", and its clients 503.
    """

    code = 'DEP414'
    name = 'socket-not-writable'
    severity = Severity.WARNING
    message = 'only the user that runs uWSGI can connect to {path}'
    help = 'add "chmod-socket = 660" with "chown-socket" for a group that both servers are in'
    bad = (Example('uwsgi', UWSGI), Example('apache', APACHE))
    good = (Example('uwsgi', f'{UWSGI}chmod-socket = 660\n'), Example('apache', APACHE))
    exceptions = 'Both servers run as the same user, or as root.'
    source = (
        'core/socket.c of uWSGI, bind_to_unix(). Measured: mode 0755 without chmod-socket; a '
        'connect by another user ends in EACCES, Apache answers 503.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for listener in deployment.listeners:
            path = listener.address.path
            if listener.document.engine != 'uwsgi' or not path or path.startswith('@'):
                continue
            if deployment.callers(listener) and not any(listener.document.named(*OPENING)):
                yield self.report(listener.document, listener.span, path=path)
