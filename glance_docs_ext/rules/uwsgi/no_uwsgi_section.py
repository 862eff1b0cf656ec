"""UWS102: a file without the section that uWSGI reads."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class NoUwsgiSection(Rule):
    """Options in no section, or in another, are ignored, and the start succeeds without them.

    A fragment on a page stands inside the section and needs no header; a whole file does.
    """

    engines = ('uwsgi',)
    code = 'UWS102'
    name = 'no-uwsgi-section'
    severity = Severity.WARNING
    message = 'uWSGI ignores this file: it has no section [uwsgi]'
    help = 'put [uwsgi] on a line of its own before the options'
    bad = (Example('uwsgi', 'master = true\nprocesses = 4\n', 'file'),)
    good = (
        Example('uwsgi', '[uwsgi]\nmaster = true\nprocesses = 4\n', 'file'),
        Example('uwsgi', 'master = true\nprocesses = 4\n'),
    )
    exceptions = (
        'The file is named with its section where it is loaded, as in ``uwsgi --ini '
        'file.ini:images``.'
    )
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: exit status 0 and '
        '"WARNING: Can\'t find section "uwsgi"".'
    )
