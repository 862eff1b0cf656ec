"""UWS113: a variable of the user under "strict = true"."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class PlaceholderInStrictMode(Rule):
    """An unknown name may serve as a variable, ``%(name)``, unless strict mode is on.

    Then every name must be an option's. ``set-placeholder`` makes a variable in either mode.
    """

    engines = ('uwsgi',)
    code = 'UWS113'
    name = 'placeholder-in-strict-mode'
    severity = Severity.ERROR
    message = 'strict mode does not know the option {name!r}, although it is used as a placeholder'
    help = 'write "set-placeholder = {name}=..." for it'
    bad = (Example('uwsgi', '[uwsgi]\nstrict = true\nbase = /srv\nchdir = %(base)/app\n'),)
    good = (
        Example(
            'uwsgi', '[uwsgi]\nstrict = true\nset-placeholder = base=/srv\nchdir = %(base)/app\n'
        ),
        Example('uwsgi', '[uwsgi]\nbase = /srv\nchdir = %(base)/app\n'),
    )
    exceptions = 'None: no version of uWSGI in strict mode starts with it.'
    source = (
        'core/config.c, uwsgi_opt_get(). Measured with uWSGI 2.0.21: "[strict-mode] '
        'unknown config directive: base".'
    )
