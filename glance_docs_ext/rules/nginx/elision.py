"""NGX110: dots that stand for something left out."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.elision import REMEDY
from glance_docs_ext.rule import Example, Rule


class Elision(Rule):
    """Whoever copies the block copies the dots too, and nginx takes them for a directive.

    A comment says the same and may be copied.
    """

    code = 'NGX110'
    name = 'elision'
    severity = Severity.ERROR
    message = '{text!r} is no directive: nginx refuses it'
    help = REMEDY
    engines = ('nginx',)
    bad = (
        Example('nginx', 'server {\n    ...\n    listen 80;\n}\n'),
        Example('nginx', 'server {\n    ......\n    listen 80;\n}\n'),
        Example('nginx', 'server {\n    . . .\n    listen 80;\n    . . .\n}\n'),
    )
    good = (Example('nginx', 'server {\n    # ... your own settings\n    listen 80;\n}\n'),)
    exceptions = 'The block is not meant to be copied: say so with ``:unchecked:``.'
    source = 'Measured with nginx 1.22: "unexpected "}"" or "unknown directive "..."".'
