"""UWS302: an option that uWSGI lacks where it was built without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.engines.uwsgi.names import INERT, needs_tls
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

OF_TLS = frozenset(key for key in CATALOGUE if needs_tls(key, CATALOGUE))


class OptionOfAnotherBuild(Rule):
    """A uWSGI that was built without OpenSSL has none of the options for it, and refuses them.

    The wheels of pyuwsgi are such a build. The rule speaks where somebody says that such a one is
    deployed, with a version such as ``2.0.30-nossl``.
    """

    engines = ('uwsgi',)
    names = OF_TLS
    code = 'UWS302'
    name = 'option-of-another-build'
    severity = Severity.ERROR
    message = 'uWSGI {version} without SSL does not know {name}'
    help = 'deploy a uWSGI built with OpenSSL, or let a proxy in front of it speak TLS'
    bad = (
        Example(
            'uwsgi',
            '[uwsgi]\nmaster = true\ndie-on-term = true\nmodule = app\n'
            'https-socket = 127.0.0.1:9443,server.crt,server.key\n',
            version='2.0.30-nossl',
        ),
        Example(
            'uwsgi',
            '[uwsgi]\nmaster = true\ndie-on-term = true\nsslrouter-sni\n',
            version='2.0.31-nossl',
        ),
    )
    good = (
        Example(
            'uwsgi',
            '[uwsgi]\nif-exists = /etc/tls/api.crt\n'
            'https-socket = 127.0.0.1:9443,/etc/tls/api.crt,/etc/tls/api.key\nendif =\n',
            version='2.0.30-nossl',
        ),
        Example(
            'uwsgi',
            '[uwsgi]\nif-env = LEGACY\nstrict = false\nendif =\nsslrouter-sni\n',
            version='2.0.30-nossl',
        ),
        Example(
            'uwsgi',
            '[uwsgi]\nmaster = true\ndie-on-term = true\nmodule = app\n'
            'http-socket = 127.0.0.1:9292\n',
            version='2.0.30-nossl',
        ),
    )
    exceptions = 'Strict mode is off on the command line as well: then the option does nothing.'
    source = (
        'core/uwsgi.c, #ifdef UWSGI_SSL around the options; the binary of the wheel pyuwsgi '
        '2.0.30 has none of them.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if engine.version is None or engine.version.without != 'ssl':
            return
        inert = {problem.span for problem in document.problems if problem.kind == INERT}
        for statement, _scope in self.statements(document):
            if statement not in document.unjudged and statement.name.span not in inert:
                yield self.report(
                    document,
                    statement.name.span,
                    name=statement.name.text,
                    version=engine.version.text,
                )
