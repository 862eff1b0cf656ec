"""APA115: a comment that swallows the next line."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class ContinuedComment(Rule):
    """A backslash at the end of a comment makes the next line part of the comment.

    Lines are joined before Apache looks whether one is a comment. A path or a table that ends in a
    backslash switches off the directive below it.
    """

    code = 'APA115'
    name = 'continued-comment'
    severity = Severity.WARNING
    message = 'this line belongs to the comment above it, which ends in a backslash'
    help = 'take the backslash away'
    engines = ('apache',)
    bad = (Example('apache', '# as in C:\\\\httpd\\\nServerName glance\n'),)
    good = (Example('apache', '# as in C:\\\\httpd\\\\ or so\nServerName glance\n'),)
    exceptions = 'A swallowed line that is a comment itself is not reported.'
    source = '``cfg_getline()`` in server/util.c; measured with Apache 2.4.71.'
