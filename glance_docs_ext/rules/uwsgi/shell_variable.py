"""UWS228: a variable in the form of a shell, in a path or the name of a user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import SHELL, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

PATHS = (
    *('chdir', 'chdir2', 'home', 'virtualenv', 'venv', 'pyhome', 'pythonpath', 'python-path', 'pp'),
    *(
        'module',
        'wsgi',
        'wsgi-file',
        'file',
        'pidfile',
        'pidfile2',
        'safe-pidfile',
        'safe-pidfile2',
    ),
    *('logto', 'logto2', 'daemonize', 'daemonize2', 'touch-reload', 'static-map', 'check-static'),
)
SOCKETS = ('socket', 'uwsgi-socket', 'http-socket', 'http', 'stats')
USERS = ('uid', 'gid', 'chown-socket')
ITSELF = re.compile(r'([A-Za-z_][A-Za-z0-9_]*+)=.*?(\$(?:\1\b|\{\1\}))')
"""A variable that is put in front of what it was, or behind it: ``PATH=/srv/bin:$PATH``."""


class ShellVariable(Rule):
    """uWSGI puts in ``$(HOME)``; ``$HOME`` and ``${HOME}`` are a shell's, and stay as they are.

    So a folder is looked for that is called ``$HOME``, and a user of such a name.
    """

    engines = ('uwsgi',)
    names = (*PATHS, *SOCKETS, *USERS, 'env')
    code = 'UWS228'
    name = 'shell-variable'
    severity = Severity.INFO
    message = 'uWSGI puts nothing in the place of {variable!r} in the value of {name!r}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nvirtualenv = $VIRTUAL_ENV\n'),
        Example('uwsgi', '[uwsgi]\nlogto = ${HOME}/uwsgi.log\n'),
        Example('uwsgi', '[uwsgi]\nplugin = rack\nenv = PATH=/srv/bin:$PATH\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nvirtualenv = $(VIRTUAL_ENV)\nlogto = $(HOME)/uwsgi.log\n'),
        Example('uwsgi', '[uwsgi]\nplugin = rack\nenv = PRICE=$PATH\n'),
        Example('uwsgi', '[uwsgi]\nmodule = ${instance.paths}\n'),
    )
    exceptions = 'The block is a template: a reader, a shell or envsubst fills it in.'
    source = (
        'core/config.c. Measured with uWSGI 2.0.21: "user $USER not found.", "Python Home is not a '
        'directory: $VIRTUAL_ENV", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if '$' not in text or not SHELL.search(text):
            return
        for statement, _scope in self.statements(document):
            word, key = value(statement), statement.key
            if '$' in word.text and (found := _variable(key, word.text)) is not None:
                variable, name = map(shortened, found)
                remedy = f'write $({name}), as uWSGI has the environment'
                values = {'name': key, 'variable': variable, 'remedy': remedy}
                yield self.report(document, word.span, **values)


def _variable(key: str, text: str) -> tuple[str, str] | None:
    """Return the first variable of a value as it is written, and its name."""
    if key == 'env':
        itself = ITSELF.match(text)
        return (itself[2], itself[1]) if itself else None
    found = SHELL.search(text)
    if found is None or '.' in found[0] or (key in SOCKETS and ':' in text):
        return None  # a template's own name, or the port that UWS208 speaks of
    return found[0], found[1] or found[2]
