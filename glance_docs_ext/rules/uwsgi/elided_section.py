"""UWS115: dots in brackets, for what is left out."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.elision import REMEDY
from glance_docs_ext.rule import Example, Rule


class ElidedSection(Rule):
    """``[...]`` on a line of its own is the header of a section called ``...`` to uWSGI.

    What stands below it belongs to that section, and is ignored. The start succeeds.
    """

    engines = ('uwsgi',)
    code = 'UWS115'
    name = 'elided-section'
    severity = Severity.WARNING
    message = 'uWSGI takes {header!r} for a section header, and ignores {name!r} and all below it'
    help = REMEDY
    bad = (
        Example('uwsgi', '[uwsgi]\nmodule = glance.wsgi.api\n[...]\nhttp-socket = :9292\n'),
        Example('uwsgi', '[uwsgi]\nenv = A=1\n[… more …]\nthreads = 4\n'),
        Example('uwsgi', 'env = A=1\n[...]\nthreads = 4\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nmodule = glance.wsgi.api\n[...]\n'),
        Example('uwsgi', '[uwsgi]\nenv = A=1\n# [...]\nthreads = 4\n'),
        Example('uwsgi', '[uwsgi]\nini = :base\n[base]\nenv = A=1\n[...]\nthreads = auto\n'),
    )
    exceptions = 'There is a section of that name.'
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: an unknown option below '
        '"[...]" is not refused in strict mode.'
    )
