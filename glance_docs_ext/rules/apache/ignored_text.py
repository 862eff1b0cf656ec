"""APA108: text behind an opening tag."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class IgnoredText(Rule):
    """What stands behind the last ">" of an opening tag is not read.

    A directive that was meant to be the first of the section has no effect there.
    """

    code = 'APA108'
    name = 'ignored-text'
    severity = Severity.WARNING
    message = 'Apache does not read what stands behind the ">"'
    help = 'give it a line of its own'
    engines = ('apache',)
    bad = (Example('apache', '<VirtualHost *:80> ServerName glance\n</VirtualHost>\n'),)
    good = (
        Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80> # plain\n    ServerName glance\n</VirtualHost>\n'),
    )
    exceptions = 'A comment is not reported.'
    source = (
        'Measured with Apache 2.4.71: "Syntax OK", and the text is gone from ``-DDUMP_CONFIG``.'
    )
