"""APA104: a closing tag without a section."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class StrayClose(Rule):
    """Apache refuses a closing tag where no such section is open."""

    code = 'APA104'
    name = 'stray-close'
    severity = Severity.ERROR
    message = '</{name}> closes nothing here'
    help = 'take it away, or write its opening tag'
    engines = ('apache',)
    bad = (Example('apache', 'ServerName glance\n</VirtualHost>\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config_sub()`` in server/config.c: "</X> without matching <X> section".'
