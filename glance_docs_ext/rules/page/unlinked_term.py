"""CFG612: a term of a glossary that pages use and none links to."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class UnlinkedTerm(PageRule):
    """The term is explained, pages use it, and no reader is led from there to the explanation.

    Literals, titles and code are not looked at: only running text.
    """

    code = 'CFG612'
    name = 'unlinked-term'
    severity = Severity.INFO
    message = 'the term {term!r} is used, and never linked'
    help = 'write :term:`{term}` where a reader meets it first'
    bad = (
        Example(
            'rst',
            'Write to the master FIFO.\n\n'
            '.. reference-glossary::\n\n   master FIFO\n      A named pipe.\n',
        ),
    )
    good = (
        Example(
            'rst',
            'Write to the :term:`master FIFO`.\n\n'
            '.. reference-glossary::\n\n   master FIFO\n      A named pipe.\n',
        ),
    )
    exceptions = 'The word is used in another sense.'
    source = 'All pages of the project.'
