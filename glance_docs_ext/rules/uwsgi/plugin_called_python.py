"""UWS403: the plugin "python", which hardly any system has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.uwsgi.values import value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NAME = re.compile(r'[^,]+')
WHERE = 'uWSGI from PyPI has it built in, Debian, Ubuntu and Fedora call it python3'


class PluginCalledPython(StatementRule):
    """uWSGI from PyPI has Python built in and needs no plugin.

    Debian, Ubuntu and Fedora ship it as a plugin of its own, which is called python3.

    A plugin that is not found is an error message in the log, and the start goes on without it.
    """

    engines = ('uwsgi',)
    names = ('plugins', 'plugin', 'need-plugins', 'need-plugin')
    code = 'UWS403'
    name = 'plugin-called-python'
    severity = Severity.INFO
    message = 'most installations have no plugin called "python": {where}'
    help = (
        'take it away where uWSGI comes from PyPI, write python3 for the packages of a distribution'
    )
    bad = (Example('uwsgi', '[uwsgi]\nplugins = python\n'),)
    good = (Example('uwsgi', '[uwsgi]\nplugins = python3\n'),)
    exceptions = 'Your own build has a plugin of this name, as the package of Arch Linux does.'
    source = (
        'Measured with uWSGI 2.0.21 (Debian): "UNABLE to load uWSGI plugin: '
        '.../python_plugin.so"; with pyuwsgi 2.0.30: the same message, and it is not '
        'needed.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        for match in NAME.finditer(word.text):
            if match[0].strip() == 'python':
                span = Span(word.start + match.start(), word.start + match.end())
                yield self.report(document, span, where=WHERE)
