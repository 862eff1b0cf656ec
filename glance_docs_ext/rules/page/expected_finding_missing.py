"""CFG601: a block that shows a fault does not show it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place


class ExpectedFindingMissing(PageRule):
    """``:expect:`` names what is wrong with a block on purpose, and the block has no such fault.

    The page says "this does not work", and it does: the block was corrected, the rule changed, or
    the fault is another one. Either way the text around the block wants to be read again.
    """

    code = 'CFG601'
    name = 'expected-finding-missing'
    severity = Severity.WARNING
    message = '{expected} is expected in this block, and was not found'
    help = 'take {expected} out of :expect:, or show the fault'
    bad = (
        Example('rst', '.. config-block:: nginx\n   :expect: CFG201\n\n   worker_processes 4;\n'),
    )
    good = (
        Example('rst', '.. config-block:: nginx\n   :expect: CFG201\n\n   worker_proceses 4;\n'),
        Example('rst', '.. config-block:: nginx\n\n   worker_processes 4;\n'),
    )
    exceptions = 'None: an expectation that is not met is wrong, or the block is.'
    source = 'The page itself.'

    def judge(
        self,
        found: Iterable[Diagnostic],
        seen: Collection[str],
        expected: Collection[str],
        place: Place,
    ) -> Iterator[Diagnostic]:
        """Yield what is left to say of a block whose author expects findings.

        :param found: all findings of the block, on its own and together with others
        :param seen: the codes of what is wrong with the block, or told of a copy of it
        :param expected: the codes of ``:expect:``
        :param place: where ``:expect:`` stands
        """
        yield from (diagnostic for diagnostic in found if diagnostic.code not in expected)
        for code in dict.fromkeys(expected):
            if code not in seen:
                yield self.report_at(place, expected=code)
