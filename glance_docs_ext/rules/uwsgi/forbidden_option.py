"""UWS221: an option that a list of the same file forbids."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class ForbiddenOption(Rule):
    """``blacklist`` forbids the options it names on the lines behind it, ``whitelist`` all others.

    They are no lists of addresses. A blank separates the names, their case does not matter, and a
    ``whitelist`` that does not name ``end-whitelist`` can not be ended. Both are looked at before
    an ``if`` or a ``for`` is: what never runs is forbidden as well.
    """

    engines = ('uwsgi',)
    code = 'UWS221'
    name = 'forbidden-option'
    severity = Severity.ERROR
    message = '{option!r} is forbidden by {list!r} above'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nwhitelist = 127.0.0.1\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = threads Processes\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nwhitelist = processes\nprocesses = 4\nend-whitelist =\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes\nini = :more\n[more]\nprocesses = 4\n'),
        Example(
            'uwsgi', '[uwsgi]\nblacklist = processes\nfor-times = 0\nprocesses = 4\nendfor =\n'
        ),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\nblacklist = processes\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes,threads\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes\nend-blacklist =\nprocesses = 4\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nwhitelist = processes end-whitelist\nprocesses = 4\nend-whitelist =\n'
            'threads = 2\n',
        ),
    )
    exceptions = 'None: uWSGI does not start with it.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21: "forbidden option '
        '"processes" (by whitelist)", exit status 1.'
    )
