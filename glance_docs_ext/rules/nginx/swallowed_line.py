"""NGX401: a line that nginx reads as more words of the line above."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class SwallowedLine(Rule):
    """Behind a directive that takes any number of words, a missing semicolon is no fault to nginx.

    It starts, and the next line has no effect.
    """

    code = 'NGX401'
    name = 'swallowed-line'
    severity = Severity.WARNING
    message = '{name} is read as a word of {above}, and has no effect'
    help = 'end the line above with ";"'
    engines = ('nginx',)
    bad = (
        Example(
            'nginx', 'server {\n    server_name glance.example.org\n    root /srv/glance;\n}\n'
        ),
    )
    good = (
        Example(
            'nginx', 'server {\n    server_name glance.example.org;\n    root /srv/glance;\n}\n'
        ),
    )
    exceptions = 'The words are meant: a server that is called like a directive.'
    source = 'Measured with nginx 1.22: "syntax is ok".'
