"""UWS111: a fault that shows only when a condition holds."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class FaultInBranch(Rule):
    """uWSGI does not look at the options inside an ``if-...`` that is false.

    A wrong one starts well on the author's machine and stops the server on another.
    """

    engines = ('uwsgi',)
    code = 'UWS111'
    name = 'fault-in-branch'
    severity = Severity.WARNING
    message = 'where {opener!r} holds, uWSGI refuses {fault}'
    help = 'correct it as if it stood outside'
    bad = (Example('uwsgi', '[uwsgi]\nif-env = DEBUG\nlogg-5xx = true\nendif =\n'),)
    good = (Example('uwsgi', '[uwsgi]\nif-env = DEBUG\nlog-5xx = true\nendif =\n'),)
    exceptions = 'The condition never holds where the file is used.'
    source = (
        'core/config.c, add_exported_option_do(): what is inside reaches the option table'
        ' only if the condition holds.'
    )
