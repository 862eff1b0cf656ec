"""APA407: an application group that looks like a variable of mod_wsgi, and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Word

KNOWN = ('%{GLOBAL}', '%{RESOURCE}', '%{SERVER}', '%{HOST}')
ALIASES = ('wsgiscriptalias', 'wsgiscriptaliasmatch', 'wsgiimportscript')
OPTION = 'application-group='


class UnknownGroupVariable(Rule):
    """mod_wsgi takes what it does not know for the plain name of a group.

    The application then runs in a sub-interpreter of this name; extension modules such as those
    of numpy and lxml hang there, which ``%{GLOBAL}`` is written to avoid.
    """

    engines = ('apache',)
    names = ('wsgiapplicationgroup', *ALIASES)
    code = 'APA407'
    name = 'unknown-group-variable'
    severity = Severity.WARNING
    message = 'mod_wsgi knows no {variable}: it is taken for the name of a group'
    help = 'write one of: %{{GLOBAL}}, %{{RESOURCE}}, %{{SERVER}}, %{{HOST}}, %{{ENV:NAME}}'
    bad = (
        Example('apache', 'WSGIApplicationGroup %{GLOBL}\n'),
        Example('apache', 'WSGIApplicationGroup %{global}\n'),
    )
    good = (
        Example('apache', 'WSGIApplicationGroup %{GLOBAL}\n'),
        Example('apache', 'WSGIApplicationGroup glance\n'),
    )
    exceptions = 'The group is really called so.'
    source = (
        '``wsgi_application_group()`` of mod_wsgi 4.9.4; measured: Apache starts, and the '
        'application runs.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for name, word in _groups(document):
            if name.startswith('%{') and name not in KNOWN and not name.startswith('%{ENV:'):
                yield self.report(document, word.span, variable=shortened(name))


def _groups(document: Document) -> Iterator[tuple[str, Word]]:
    for placed in document.named('wsgiapplicationgroup'):
        yield from ((word.text, word) for word in placed.statement.arguments[:1])
    for placed in document.named(*ALIASES):
        if OPTION in placed.statement.rest.text:
            for word in placed.statement.arguments:
                if word.text.startswith(OPTION):
                    yield word.text.removeprefix(OPTION), word
