"""UWS417: an option that uWSGI lacks where it was built without TLS, behind "strict = false"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.names import INERT
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class InertOptionOfAnotherBuild(Rule):
    """A uWSGI that was built without OpenSSL takes the options for it for variables.

    It starts, as strict mode is off, and nothing is served over TLS.
    """

    engines = ('uwsgi',)
    names = ()  # it reports problems
    code = 'UWS417'
    name = INERT
    severity = Severity.WARNING
    message = (
        'uWSGI {version} without SSL does not know {name}, and does nothing with it: '
        'strict mode is off'
    )
    help = 'deploy a uWSGI built with OpenSSL, or let a proxy in front of it speak TLS'
    bad = (
        Example(
            'uwsgi',
            '[uwsgi]\nstrict = false\nhttps-socket = 127.0.0.1:9443,server.crt,server.key\n',
            version='2.0.30-nossl',
        ),
        Example('uwsgi', '[uwsgi]\nset = strict=off\nsslrouter-sni\n', version='2.0.31-nossl'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nstrict = false\nsslrouter-sni\n', version='2.0.31'),
        Example(
            'uwsgi',
            '[uwsgi]\nif-env = LEGACY\nstrict = false\nendif =\nsslrouter-sni\n',
            version='2.0.30-nossl',
        ),
    )
    exceptions = 'The same file is for another uWSGI as well, which has the option.'
    source = (
        'core/config.c, uwsgi_opt_get(): without strict mode an unknown option is a variable. '
        'Measured with the wheel pyuwsgi 2.0.30, which starts.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if engine.version is None or engine.version.without != 'ssl':
            return
        branches = {statement.name.span for statement in document.unjudged}
        for problem in document.problems:
            if problem.kind == INERT and problem.values['name'] and problem.span not in branches:
                name = problem.values['name']
                yield self.report(document, problem.span, name=name, version=engine.version.text)
