"""APA111: text behind the end of a condition."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TextAfterClose(Rule):
    """The closing tag of a condition stands alone on its line.

    Behind ``</VirtualHost>`` Apache skips a comment, behind ``</IfModule>`` it does not: where the
    condition is true, it compares the whole line.
    """

    code = 'APA111'
    name = 'text-after-close'
    severity = Severity.ERROR
    message = 'where its condition is true, Apache does not see </{name}> with text behind it'
    help = 'give the text a line of its own'
    engines = ('apache',)
    bad = (
        Example('apache', '<IfModule mod_ssl.c>\n    SSLProtocol all -SSLv3\n</IfModule> # TLS\n'),
    )
    good = (Example('apache', '<IfModule mod_ssl.c>\n    SSLProtocol all -SSLv3\n</IfModule>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_build_cont_config()`` in server/config.c; measured with Apache 2.4.71: '
        '"</IfModule> without matching <IfModule> section".'
    )
