"""APA110: a blank behind "<"."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class BlankInBracket(Rule):
    """For Apache the name of a section ends at the first blank, so ``< VirtualHost`` has none."""

    code = 'APA110'
    name = 'blank-in-bracket'
    severity = Severity.ERROR
    message = 'a blank stands between "<" and the name of the section'
    help = 'write {name}'
    engines = ('apache',)
    bad = (Example('apache', '< VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = 'Measured with Apache 2.4.71: "Expected </> but saw </VirtualHost>".'
