"""UWS104: an option and its value with a colon between them."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class ColonForEquals(Rule):
    """Only ``=`` ends the name of an option.

    With a colon, as Python's configparser and YAML have it, the whole line is the name, and no
    option is called like that.
    """

    engines = ('uwsgi',)
    code = 'UWS104'
    name = 'colon-for-equals'
    severity = Severity.ERROR
    message = '{name!r} has no "=": uWSGI takes the whole of it for the name of an option'
    help = 'write "=" between the name and the value'
    bad = (Example('uwsgi', '[uwsgi]\nmaster: true\n'),)
    good = (Example('uwsgi', '[uwsgi]\nmaster = true\n'),)
    exceptions = 'None: no version of uWSGI in strict mode starts with it.'
    source = (
        'core/ini.c, ini_get_key(). Measured with uWSGI 2.0.21: "[strict-mode] unknown '
        'config directive: master: true".'
    )
