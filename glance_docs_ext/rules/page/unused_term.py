"""CFG611: a term of a glossary that no page uses."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class UnusedTerm(PageRule):
    """No page links to the term, and no page has it in its text.

    A glossary that explains what nobody reads is forgotten when the subject changes.
    """

    code = 'CFG611'
    name = 'unused-term'
    severity = Severity.INFO
    message = 'no page uses the term {term!r}'
    help = 'take it out of the glossary, or use it'
    bad = (Example('rst', '.. reference-glossary::\n\n   master FIFO\n      A named pipe.\n'),)
    good = (
        Example(
            'rst',
            'Write to the :term:`master FIFO`.\n\n'
            '.. reference-glossary::\n\n   master FIFO\n      A named pipe.\n',
        ),
    )
    exceptions = 'Pages of another project link to it.'
    source = 'All pages of the project.'
