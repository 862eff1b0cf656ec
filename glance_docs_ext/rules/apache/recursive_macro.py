"""APA245: a macro that uses itself."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class RecursiveMacro(Rule):
    """What a macro holds cannot use it, be it by way of other macros.

    Apache refuses that where the macro is used.
    """

    code = 'APA245'
    name = 'recursive-macro'
    severity = Severity.ERROR
    message = 'the macro {name} uses itself'
    help = 'write out what it is to hold'
    engines = ('apache',)
    bad = (
        Example('apache', '<Macro Host $name>\n    Use Host $name\n</Macro>\nUse Host glance\n'),
        Example(
            'apache',
            '<Macro Host>\n    Use Names\n</Macro>\n'
            '<Macro Names>\n    Use Host\n</Macro>\nUse Host\n',
        ),
    )
    good = (
        Example('apache', '<Macro Host $name>\n    Use Host $name\n</Macro>\n'),
        Example(
            'apache',
            '<Macro Host $name>\n    Use Names $name\n</Macro>\n'
            '<Macro Names $name>\n    ServerName $name\n</Macro>\nUse Host glance\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``use_macro()`` in mod_macro.c: "recursive use of macro \'x\' is invalid"; measured with '
        'Apache 2.4.71.'
    )
