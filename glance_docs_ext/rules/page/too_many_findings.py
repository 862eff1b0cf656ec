"""CFG605: so much is wrong with a block that the rest is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic

MOST = 100  # findings; nobody reads more of them about one block


class TooManyFindings(PageRule):
    """A block with hundreds of faults is something else than the configuration it is taken for.

    The first hundred are told, and how many more there are.
    """

    code = 'CFG605'
    name = 'too-many-findings'
    severity = Severity.WARNING
    message = '{left_out} more findings in this block are left out'
    help = 'correct what is told first, or say :unchecked: and why'
    bad = (Example('rst', '.. config-block:: nginx\n   :file: error.log\n'),)
    good = (Example('rst', '.. config-block:: nginx\n\n   worker_processes 4;\n'),)
    exceptions = 'None: the block is for another server, or a fragment that wants a ``:context:``.'
    source = f'Our own limit: {MOST} findings.'

    def limit(self, found: Sequence[Diagnostic], left_out: int = 0) -> Sequence[Diagnostic]:
        """Return the findings of one block, cut where they are too many; in their order.

        :param left_out: how many are left out of ``found`` already: they stand behind `MOST` others
        """
        if len(found) <= MOST:
            return found
        rest = self.report_at(found[MOST].place, left_out=len(found) - MOST + left_out)
        return (*found[:MOST], rest)
