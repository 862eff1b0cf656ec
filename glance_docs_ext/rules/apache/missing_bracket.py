"""APA106: an opening tag without its ">"."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class MissingBracket(Rule):
    """Apache refuses an opening tag with arguments whose line has no ">"."""

    code = 'APA106'
    name = 'missing-bracket'
    severity = Severity.ERROR
    message = '{name} has no ">" at its end'
    help = 'write ">" behind the last argument'
    engines = ('apache',)
    bad = (Example('apache', '<VirtualHost *:80\n    ServerName glance\n</VirtualHost>\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``unclosed_directive()`` in server/core.c: "X> directive missing closing \'>\'".'
