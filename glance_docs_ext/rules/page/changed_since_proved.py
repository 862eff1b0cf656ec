"""CFG609: a block is not the one that was proved."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class ChangedSinceProved(PageRule):
    """``proved-deployments`` has a proof of a block that says something else by now, or is gone.

    The page shows the variant as not proved, because nobody has run what stands there. A reader
    who trusts the page for its proofs should not meet that by chance.
    """

    code = 'CFG609'
    name = 'changed-since-proved'
    severity = Severity.WARNING
    message = '{problem} since it was proved on {date}: {variants}'
    help = 'run it again and renew {file}, or undo the change'
    bad = (
        Example(
            'rst',
            '.. code-block:: nginx\n   :name: web\n\n   worker_processes 4;\n\n'
            '.. proved-deployments:: proofs.json\n',
        ),
    )
    good = (
        Example(
            'rst',
            '.. code-block:: nginx\n   :name: web\n\n   worker_processes 2;\n\n'
            '.. proved-deployments:: proofs.json\n',
        ),
    )
    exceptions = (
        'While a change is under way: the tests that prove it have to build the page before they '
        'can. Let them suppress ``configcheck.changed-since-proved``.'
    )
    source = 'The file of proofs, and the text of the block on the page: their sha256.'
