"""APA101: a section without an end."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnclosedSection(Rule):
    """Apache refuses a file that ends inside a section.

    The closing tag is missing, or it stands in a comment, or on the line of another directive.
    """

    code = 'APA101'
    name = 'unclosed-section'
    severity = Severity.ERROR
    message = '<{name}> is not closed'
    help = 'write </{name}> behind its last directive'
    engines = ('apache',)
    bad = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config()`` in server/config.c: "<X> was not closed."'
