"""CFG604: our own markup says something that has no meaning."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class MisusedMarkup(PageRule):
    """``config-block`` or a ``configcheck`` comment was given something that it cannot use.

    The block is shown all the same, and checked as far as its engine is known.
    """

    code = 'CFG604'
    name = 'misused-markup'
    severity = Severity.WARNING
    message = '{problem}'
    help = '{remedy}'
    bad = (
        Example('rst', '.. config-block:: lighttpd\n\n   server.port = 80\n'),
        Example('rst', '.. config-block:: nginx\n   :context: table\n\n   worker_processes 4;\n'),
        Example('rst', '.. config-block:: nginx\n   :expect: XYZ1\n\n   worker_processes 4;\n'),
        Example('rst', '.. config-block:: nginx\n'),
        Example('rst', '.. configcheck: unchecked\n\n.. code-block:: nginx\n\n   listen 80;\n'),
    )
    good = (
        Example('rst', '.. config-block:: nginx\n   :context: server\n\n   listen 80;\n'),
        Example(
            'rst',
            '.. configcheck: unchecked because it is for a module of our own\n\n'
            '.. code-block:: nginx\n\n   lisen 80;\n',
        ),
    )
    exceptions = 'None.'
    source = 'The markup of this extension.'
