"""NGX108: a word or comment that nginx cannot hold."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TooLongWord(Rule):
    """nginx reads through a buffer of 4096 bytes: a word or comment must fit, with its end.

    Embedded certificates and long lists of headers are the usual cause.
    """

    code = 'NGX108'
    name = 'too-long-word'
    severity = Severity.ERROR
    message = 'this {noun} is 4096 bytes long or longer'
    help = 'shorten it, or split it into several'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'add_header Content-Security-Policy "' + 'x' * 4096 + '";\nroot /srv;\n'),
    )
    good = (Example('nginx', 'add_header Content-Security-Policy "default-src self";\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: NGX_CONF_BUFFER, "too long parameter".'
