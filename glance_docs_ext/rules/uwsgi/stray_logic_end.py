"""UWS110: the end of an if or for where none is open."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class StrayLogicEnd(Rule):
    """It has no effect.

    Often an ``if`` or ``for`` was closed by another end above: any of the five ends closes
    whatever is open.
    """

    engines = ('uwsgi',)
    code = 'UWS110'
    name = 'stray-logic-end'
    severity = Severity.INFO
    message = '{name!r} ends nothing here'
    help = 'take it away, or add the "if-..." or "for" that it belongs to'
    bad = (Example('uwsgi', '[uwsgi]\nmaster = true\nendif =\n'),)
    good = (Example('uwsgi', '[uwsgi]\nif-env = HOME\nmaster = true\nendif =\n'),)
    exceptions = 'None: it never has an effect.'
    source = 'core/config.c, add_exported_option_do(); core/uwsgi.c, uwsgi_opt_noop().'
