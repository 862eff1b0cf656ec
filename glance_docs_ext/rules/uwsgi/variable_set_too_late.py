"""UWS412: a variable of the environment that an application may not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.applications import PYTHON
from glance_docs_ext.rules.uwsgi.values import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

NAME = re.compile(r'[A-Za-z_][A-Za-z0-9_]*(?==)')
APPLICATION = '[uwsgi]\nmodule = glance.wsgi.api:application\n'


class VariableSetTooLate(Rule):
    """``pyuwsgi`` is started by a Python that has read the environment by then.

    ``env`` changes it too late for ``os.environ``. Under the program ``uwsgi`` it works, because
    Python is started afterwards.
    """

    engines = ('uwsgi',)
    names = ('env',)
    code = 'UWS412'
    name = 'variable-set-too-late'
    severity = Severity.INFO
    message = 'under pyuwsgi {name} never reaches os.environ'
    help = 'set it in the environment that uWSGI is started with, as Environment= of systemd'
    bad = (Example('uwsgi', f'{APPLICATION}env = OS_GLANCE_CONFIG_DIR=/etc/glance\n'),)
    good = (
        Example('uwsgi', APPLICATION),
        Example('uwsgi', '[uwsgi]\nplugins = python3\nmodule = app\nenv = A=1\n'),
    )
    exceptions = 'The block is for the program ``uwsgi``, not for ``pyuwsgi``.'
    source = (
        'Measured with pyuwsgi 2.0.30 and Glance 33.0.0: the variable is not seen and the '
        'configuration is not found; with uWSGI 2.0.21 of Debian it is.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.keys.isdisjoint(PYTHON) or _is_for_a_distribution(document):
            return
        for statement, _scope in document.named('env'):
            if name := NAME.match(value(statement).text):
                yield self.report(document, value(statement).span, name=name[0])


def _is_for_a_distribution(document: Document) -> bool:
    """Whether Python is loaded as a plugin, which pyuwsgi has built in."""
    plugins = document.named('plugins', 'plugin', 'need-plugins', 'need-plugin')
    return any('python' in value(statement).text for statement, _scope in plugins)
