"""UWS105: a value that goes on in the next line."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class ContinuedLine(Rule):
    """A line of uWSGI's ini dialect never continues the one above.

    Neither indentation nor a backslash makes it: each line is an option of its own.
    """

    engines = ('uwsgi',)
    code = 'UWS105'
    name = 'continued-line'
    severity = Severity.ERROR
    message = 'uWSGI does not continue lines: it takes {name!r} for the name of an option'
    help = 'write the value on one line, or repeat the option for each value'
    bad = (
        Example('uwsgi', '[uwsgi]\nenv = LANG=C,\n      TZ=UTC\n'),
        Example('uwsgi', '[uwsgi]\nroute = ^/v2 log:first,\\\nlast.html\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nenv = LANG=C\nenv = TZ=UTC\n'),)
    exceptions = 'None: no version of uWSGI in strict mode starts with it.'
    source = (
        'core/ini.c, ini_get_line(). Measured with uWSGI 2.0.21: "[strict-mode] unknown '
        'config directive".'
    )
