"""APA109: a whole section on one line."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class OneLineSection(Rule):
    """Apache reads one directive a line: what follows an opening tag is part of its arguments.

    The closing tag on the same line is not seen, so the section is open to the end of the file.
    """

    code = 'APA109'
    name = 'one-line-section'
    severity = Severity.ERROR
    message = '{name}> needs its directives and its closing tag on lines of their own'
    help = 'break the line behind the ">" and before the "</"'
    engines = ('apache',)
    bad = (Example('apache', '<Directory /srv/www> Require all granted </Directory>\n'),)
    good = (Example('apache', '<Directory /srv/www>\n    Require all granted\n</Directory>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config_sub()`` in server/config.c; measured with Apache 2.4.71.'
