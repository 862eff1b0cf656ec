"""UWS101: a section header that is not [uwsgi] to the letter."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class UnreadSection(Rule):
    """uWSGI reads the section that is called ``uwsgi``, to the letter, and nothing else.

    The name is all between the ``[`` and the last character of the line. A comment behind it, a
    blank inside the brackets, capital letters or a byte order mark before it make it another
    name: the whole section is ignored, the start succeeds, and no option has any effect.
    """

    engines = ('uwsgi',)
    code = 'UWS101'
    name = 'unread-section'
    severity = Severity.WARNING
    message = 'uWSGI ignores this section: its header is not [uwsgi] to the letter'
    help = 'write [uwsgi] alone on the line'
    bad = (
        Example('uwsgi', '[uwsgi] ; the image service\nmaster = true\n'),
        Example('uwsgi', '[ uwsgi ]\nmaster = true\n'),
        Example('uwsgi', '[UWSGI]\nmaster = true\n'),
        Example('uwsgi', '\ufeff[uwsgi]\nmaster = true\n'),
    )
    good = (Example('uwsgi', '; the image service\n[uwsgi]\nmaster = true\n'),)
    exceptions = 'None: no version of uWSGI reads it.'
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: exit status 0 and '
        '"WARNING: Can\'t find section "uwsgi" in INI configuration file".'
    )
