"""UWS108: an if or for inside an if or for."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class NestedLogic(Rule):
    """One ``if-...`` or ``for...`` may be open at a time, whatever their kinds."""

    engines = ('uwsgi',)
    code = 'UWS108'
    name = 'nested-logic'
    severity = Severity.ERROR
    message = 'uWSGI allows no {name!r} inside {opener!r}'
    help = 'close {opener!r} before it'
    bad = (
        Example('uwsgi', '[uwsgi]\nfor = a b\nif-env = HOME\nenv = X=%(_)\nendif =\nendfor =\n'),
    )
    good = (
        Example(
            'uwsgi',
            '[uwsgi]\nfor = a b\nenv = X=%(_)\nendfor =\nif-env = HOME\nenv = Y=1\nendif =\n',
        ),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c, uwsgi_opt_logic(). Measured with uWSGI 2.0.21: "recursive logic in'
        ' options is not supported (option = if-env)".'
    )
