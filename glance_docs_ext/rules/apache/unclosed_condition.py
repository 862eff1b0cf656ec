"""APA102: a condition without an end."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnclosedCondition(Rule):
    """Apache takes the end of the file for the end of a condition that is true.

    It says nothing while the module is there. Where it is not, the same file is refused, and where
    another file is pasted behind it, that becomes part of the condition.
    """

    code = 'APA102'
    name = 'unclosed-condition'
    severity = Severity.WARNING
    message = '<{name}> is not closed, and Apache only says so where the condition is false'
    help = 'write </{name}> behind its last directive'
    engines = ('apache',)
    bad = (Example('apache', '<IfModule mod_ssl.c>\n    SSLProtocol all -SSLv3\n'),)
    good = (Example('apache', '<IfModule mod_ssl.c>\n    SSLProtocol all -SSLv3\n</IfModule>\n'),)
    exceptions = 'None: the closing tag costs nothing.'
    source = (
        '``ap_build_cont_config()`` in server/config.c; measured with Apache 2.4.71: "Syntax OK".'
    )
