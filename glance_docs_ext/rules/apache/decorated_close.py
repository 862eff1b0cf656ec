"""APA105: something inside a closing tag."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class DecoratedClose(Rule):
    """A closing tag is the name between ``</`` and ``>``, and nothing else.

    Apache looks for the ">" at the end of the first word: a blank or an argument hides it.
    """

    code = 'APA105'
    name = 'decorated-close'
    severity = Severity.ERROR
    message = 'a closing tag has nothing but its name between the brackets'
    help = 'write </{name}>'
    engines = ('apache',)
    bad = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost *:80>\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config_sub()`` in server/config.c: "</X> directive missing closing \'>\'".'
