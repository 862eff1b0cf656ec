"""NGX109: a byte order mark before the first directive."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class ByteOrderMark(Rule):
    """nginx takes the mark for a part of the first directive's name, which it then does not know.

    Editors on Windows write it when they save as "UTF-8 with BOM".
    """

    code = 'NGX109'
    name = 'byte-order-mark'
    severity = Severity.ERROR
    message = 'the text starts with a byte order mark'
    help = 'save it as UTF-8 without one'
    engines = ('nginx',)
    bad = (Example('nginx', '\ufeffserver_name glance.example.org;\n'),)
    good = (Example('nginx', 'server_name glance.example.org;\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'Measured with nginx 1.22: "unknown directive".'
