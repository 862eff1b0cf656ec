"""APA112: an invisible character before a name."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class InvisibleStart(Rule):
    """A byte order mark or a no-break space looks like nothing and is part of the name.

    Editors write the mark at the start of a file, word processors and web pages put no-break
    spaces into indentation. Apache knows blanks and tabs only.
    """

    code = 'APA112'
    name = 'invisible-start'
    severity = Severity.ERROR
    message = 'an invisible {code} stands before the name, and Apache takes it for part of it'
    help = 'delete it, and indent with blanks'
    engines = ('apache',)
    bad = (
        Example('apache', '\ufeffServerName glance\n'),
        Example('apache', '<VirtualHost *:80>\n\xa0   ServerName glance\n</VirtualHost>\n'),
    )
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = 'Measured with Apache 2.4.71: "Invalid command \'\\\\xef\\\\xbb\\\\xbfServerName\'".'
