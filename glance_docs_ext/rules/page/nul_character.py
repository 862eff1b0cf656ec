"""CFG606: a NUL character that the page does not show."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class NulCharacter(PageRule):
    """docutils uses NUL for itself and leaves it out: the page shows another text than its source.

    What is shown, and copied by readers, is checked as if the NUL were not there.
    """

    code = 'CFG606'
    name = 'nul-character'
    severity = Severity.WARNING
    message = 'this block holds a NUL character here, which the page does not show'
    help = 'take the NUL character away'
    bad = (Example('rst', '.. config-block:: apache\n\n   ServerName glance\0\n'),)
    good = (Example('rst', '.. config-block:: apache\n\n   ServerName glance\n'),)
    exceptions = 'None.'
    source = '``nodes.unescape()`` of docutils.'
