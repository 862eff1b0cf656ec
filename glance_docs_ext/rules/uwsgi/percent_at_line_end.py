"""UWS107: a percent sign at the end of a line."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class PercentAtLineEnd(Rule):
    """uWSGI deletes ``%`` with the character behind it: at the end of a line, the line break.

    The next line is joined to this one, also when this one is a comment. At the end of the file
    uWSGI 2.0 reads on behind its buffer and puts random characters into the value.
    """

    engines = ('uwsgi',)
    code = 'UWS107'
    name = 'percent-at-line-end'
    severity = Severity.WARNING
    message = 'uWSGI takes "%" for the first half of a pair: it {effect}'
    help = 'write "%%" for a percent sign'
    bad = (
        Example('uwsgi', '[uwsgi]\nenv = QUOTA=100%\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\n# filled to 100%\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nenv = QUOTA=100%'),
    )
    good = (Example('uwsgi', '[uwsgi]\n# filled to 100%%\nenv = QUOTA=100%%\nprocesses = 4\n'),)
    exceptions = 'None: the line break is gone in every version.'
    source = (
        'core/utils.c, magic_sub(). Measured with uWSGI 2.0.21: the option is '
        '"A=100processes = 4"; a file that ends in "4%" gave "4:Q".'
    )
