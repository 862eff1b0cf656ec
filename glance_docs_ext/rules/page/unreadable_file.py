"""CFG602: a file that the page names cannot be shown."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class UnreadableFile(PageRule):
    """``:file:`` or ``proved-deployments`` names a file that is not there or may not be shown.

    Files outside the source tree are not read, also not by way of a symbolic link: a page is built
    from the patches of strangers, and would publish what it names.
    """

    code = 'CFG602'
    name = 'unreadable-file'
    severity = Severity.WARNING
    message = 'cannot show the file {file!r}: {problem}'
    help = '{remedy}'
    bad = (
        Example('rst', '.. config-block:: uwsgi\n   :file: no-such-file.ini\n'),
        Example('rst', '.. proved-deployments:: no-such-file.json\n'),
    )
    good = (Example('rst', '.. config-block:: uwsgi\n\n   [uwsgi]\n   master = true\n'),)
    exceptions = 'None: the page lacks the block, or the proofs.'
    source = 'The file system, while the page is read.'
