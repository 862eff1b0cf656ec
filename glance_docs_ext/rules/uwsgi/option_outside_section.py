"""UWS103: options before the first section header."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class OptionOutsideSection(Rule):
    """uWSGI skips what stands before the first section header, without a word."""

    engines = ('uwsgi',)
    code = 'UWS103'
    name = 'option-outside-section'
    severity = Severity.WARNING
    message = 'uWSGI ignores {name!r} and what else stands before the first section header'
    help = 'move it below [uwsgi]'
    bad = (Example('uwsgi', 'processes = 4\n[uwsgi]\nmaster = true\n'),)
    good = (Example('uwsgi', '[uwsgi]\nmaster = true\nprocesses = 4\n'),)
    exceptions = 'None: no version of uWSGI reads it.'
    source = (
        'core/ini.c, uwsgi_ini_config(): the name of the section is empty until the first header.'
    )
