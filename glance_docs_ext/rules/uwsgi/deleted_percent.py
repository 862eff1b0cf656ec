"""UWS106: a percent sign that uWSGI deletes, with the character behind it."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class DeletedPercent(Rule):
    """uWSGI replaces each ``%`` and the character behind it before it looks at lines.

    ``%d`` is replaced by the folder of the file, ``%n`` by its name, ``%%`` by a percent sign.
    A pair that it does not know is deleted.
    """

    engines = ('uwsgi',)
    code = 'UWS106'
    name = 'deleted-percent'
    severity = Severity.WARNING
    message = 'uWSGI deletes {pair!r} from the value of {name!r}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nlog-date = %Y-%m-%d\n'),
        Example('uwsgi', '[uwsgi]\nenv = QUOTE=100% sure\n'),
        Example('uwsgi', '[uwsgi]\nhttp-socket = %{HTTP_SOCKET}\n'),
        Example('uwsgi', '[uwsgi]\nthreads = <%= @threads %>\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nlog-date = %%Y-%%m-%%d\n'),
        Example('uwsgi', '[uwsgi]\nchdir = %d\nlog-format = %(uri) %(status)\n'),
    )
    exceptions = 'None: the characters are gone in every version.'
    source = (
        'core/utils.c, magic_sub() and init_magic_table(). Measured with uWSGI 2.0.21: '
        '"log-date = %Y-%m-%d" in /dir/app.ini gives "--/dir".'
    )
