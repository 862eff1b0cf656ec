"""UWS109: an if or for that is never closed."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnclosedLogic(Rule):
    """It goes on behind the end of the file.

    What follows on the command line is applied only if the condition holds, or once for each
    item.
    """

    engines = ('uwsgi',)
    code = 'UWS109'
    name = 'unclosed-logic'
    severity = Severity.WARNING
    message = '{name!r} is never closed: it also governs what is loaded after this file'
    help = 'add {name!r}\'s end: "endif =" or "endfor ="'
    bad = (Example('uwsgi', '[uwsgi]\nif-env = HOME\nenv = X=1\n'),)
    good = (Example('uwsgi', '[uwsgi]\nif-env = HOME\nenv = X=1\nendif =\n'),)
    exceptions = 'The block is a part of a file that closes it further down.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21: later '
        'options of the command line are swallowed.'
    )
