"""APA107: text behind a section that takes no arguments."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TextAfterSection(Rule):
    """Behind the name of a section Apache reads arguments up to the last ">" of the line.

    Where the name has its ">" at once, a comment behind it becomes arguments that lack a ">".
    ``<IfVersion>`` alone wants the ">" at the end of its last word.
    """

    code = 'APA107'
    name = 'text-after-section'
    severity = Severity.ERROR
    message = 'Apache takes the text behind {name}> for arguments, and misses their ">"'
    help = 'give the text a line of its own'
    engines = ('apache',)
    bad = (
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll> # both\n        Require valid-user\n'
            '    </RequireAll>\n</Directory>\n',
        ),
        Example('apache', '<IfVersion >= 2.4> # new\n    ServerName glance\n</IfVersion>\n'),
    )
    good = (
        Example(
            'apache',
            '<Directory /srv/www>\n    # both\n    <RequireAll>\n'
            '        Require valid-user\n    </RequireAll>\n</Directory>\n',
        ),
        Example('apache', '<IfVersion >= 2.4>\n    ServerName glance\n</IfVersion>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_build_config_sub()`` in server/config.c; measured with Apache 2.4.71: '
        '"<RequireAll> directive missing closing \'>\'".'
    )
