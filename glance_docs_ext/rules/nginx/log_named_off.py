"""NGX402: a log that is meant to be switched, and goes into a file of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class LogNamedOff(StatementRule):
    """``error_log off`` does not switch the log off: nginx writes into a file called ``off``.

    Only ``access_log off`` is a switch. The file lies in the folder of nginx itself; where that may
    not be written to, nginx does not start.
    """

    code = 'NGX402'
    name = 'log-named-off'
    severity = Severity.WARNING
    message = '{name} {word} writes the log into a file called {word!r}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('access_log', 'error_log')
    bad = (
        Example('nginx', 'error_log off;\n'),
        Example('nginx', 'server {\n    access_log on;\n    error_log on;\n}\n'),
    )
    good = (
        Example('nginx', 'access_log off;\nerror_log /dev/null emerg;\n'),
        Example('nginx', 'access_log /var/log/nginx/off;\n'),
    )
    exceptions = 'None: who wants such a file gives it another name.'
    source = (
        '``ngx_log_set_log()``, ``ngx_http_log_set_log()``; nginx 1.22 opens the files off and '
        'on beneath its prefix.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        name, words = statement.key, statement.arguments
        if not words or words[0].text not in SWITCHES[name]:
            return ()
        word, remedy = words[0].text, REMEDIES[name]
        return [self.report(document, words[0].span, name=name, word=word, remedy=remedy)]


SWITCHES = {'access_log': frozenset({'on', 'none'}), 'error_log': frozenset({'on', 'off', 'none'})}
REMEDIES = {
    'access_log': 'name the file, or write "access_log off" to keep none',
    'error_log': 'name the file, or write "error_log /dev/null emerg" to keep none',
}
