"""DEP434: a folder that mod_wsgi's processes need, and that the page speaks of nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example, shortened
from glance_docs_ext.told import paths_in, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

OPTIONS = ('home', 'python-home')
EVERYWHERE = frozenset(
    (
        *('', '/bin', '/dev', '/etc', '/home', '/media', '/mnt', '/opt', '/proc', '/root', '/run'),
        *('/srv', '/sys', '/tmp', '/usr', '/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin'),  # noqa: S108  # compared with, never written to
        *('/usr/local/lib', '/usr/sbin', '/usr/share', '/var', '/var/cache', '/var/lib'),
        *('/var/log', '/var/run', '/var/spool', '/var/tmp', '/var/www', '/var/www/html'),  # noqa: S108  # the same
    )
)
"""What a system with Apache has."""
TO_REPLACE = '/path/to'


class DaemonFolderMissing(DeploymentRule):
    """Where the folder is missing, the processes end as soon as they start, again and again.

    Apache is content with the line, says "Syntax OK" and starts; requests then wait without an
    answer, until a time-out.

    So a page says of the folder how it comes to be: a command that makes
    it, a sentence, or a path in it. Configuration files without a page are not judged.
    """

    code = 'DEP434'
    name = 'daemon-folder-missing'
    severity = Severity.INFO
    message = '{option}= names {folder}, which the page speaks of nowhere else'
    help = 'say that {folder} must exist: without it requests hang, and apache2 -t is content'
    told = told_by([('page.rst', 'Install it to /opt/glance.\n')])
    bad = (Example('apache', 'WSGIDaemonProcess glance-api home=/var/lib/glance\n'),)
    good = (
        Example('apache', 'WSGIDaemonProcess glance-api python-home=/opt/glance\n'),
        Example('apache', 'WSGIDaemonProcess image-api home=/srv\n'),
    )
    exceptions = 'Another page makes the folder, or a package does.'
    source = (
        'Measured with Apache 2.4.71 and mod_wsgi 4.9.4: "Syntax OK"; then in the log "Unable to '
        'change working directory" and "Restarting daemon process after delay", or "Unable to stat '
        'Python home" and a fatal error of Python each second; and no answer.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if deployment.told is None:
            return
        named = list(deployment.named('apache', 'wsgidaemonprocess'))
        if not named:
            return
        shown = deployment.told.paths.union(
            *(paths_in(document.source.text) for document in deployment.documents)
        )
        told: set[str] = set()
        for document, placed in named:
            for word in placed.statement.arguments[1:]:
                option, _equals, text = word.text.partition('=')
                folder = text.strip('"\'').rstrip('/')
                if option not in OPTIONS or folder in told or not _is_own(folder):
                    continue
                told.add(folder)
                if not any(path == folder or path.startswith(f'{folder}/') for path in shown):
                    yield self.report(document, word.span, option=option, folder=shortened(folder))


def _is_own(folder: str) -> bool:
    """Whether it is a folder that somebody has to make, and all of its name is known."""
    return (
        folder.startswith('/')
        and folder not in EVERYWHERE
        and not folder.startswith(TO_REPLACE)
        and not any(character in folder for character in '$%<>{}*?')
    )
