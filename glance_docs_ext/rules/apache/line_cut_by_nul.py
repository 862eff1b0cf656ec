"""APA113: a NUL character in a line."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class LineCutByNul(Rule):
    """Apache stops reading a line at a NUL and says nothing: the rest of the line is lost."""

    code = 'APA113'
    name = 'line-cut-by-nul'
    severity = Severity.WARNING
    message = 'Apache does not read this line beyond the NUL character'
    help = 'delete the NUL; the file may be in UTF-16'
    engines = ('apache',)
    bad = (Example('apache', 'ServerName glance\x00.example.com\n'),)
    good = (Example('apache', 'ServerName glance.example.com\n'),)
    exceptions = 'None.'
    source = 'Measured with Apache 2.4.71: "Syntax OK", the argument is ``glance``.'
