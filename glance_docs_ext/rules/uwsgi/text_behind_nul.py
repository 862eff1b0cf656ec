"""UWS112: text behind a NUL character."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TextBehindNul(Rule):
    """A line ends for uWSGI at the first NUL character; what follows it on the line is not read."""

    engines = ('uwsgi',)
    code = 'UWS112'
    name = 'text-behind-nul'
    severity = Severity.WARNING
    message = 'uWSGI does not read what follows the NUL character on this line'
    help = 'take the NUL character away'
    bad = (Example('uwsgi', '[uwsgi]\nenv = A=1\x00B\n'),)
    good = (Example('uwsgi', '[uwsgi]\nenv = A=1B\n'),)
    exceptions = 'None: no version of uWSGI reads it.'
    source = 'core/ini.c works on C strings, which end at NUL.'
