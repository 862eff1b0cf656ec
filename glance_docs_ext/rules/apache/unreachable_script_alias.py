"""APA406: a WSGIScriptAlias behind another one that takes all of its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.prefixes import mappings, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

GENERAL = 'WSGIScriptAlias / /srv/wsgi/app.wsgi\n'
SPECIAL = 'WSGIScriptAlias /admin /srv/wsgi/admin.wsgi\n'
OPENED = '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'


class UnreachableScriptAlias(Rule):
    """The first WSGIScriptAlias whose path fits takes the request, not the longest."""

    engines = ('apache',)
    names = ('wsgiscriptalias',)
    code = 'APA406'
    name = 'unreachable-script-alias'
    severity = Severity.WARNING
    message = 'no request gets here: WSGIScriptAlias {prefix} on line {line} takes them all'
    help = 'move this line before the more general one'
    bad = (Example('apache', f'{GENERAL}{SPECIAL}{OPENED}'),)
    good = (Example('apache', f'{SPECIAL}{GENERAL}{OPENED}'),)
    exceptions = 'None: the line has no effect.'
    source = (
        'WSGIScriptAlias in the manual of mod_wsgi; measured with mod_wsgi 4.9.4: the first line '
        'answers.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for hidden, first in unreachable(mappings(document, 'wsgiscriptalias')):
            place = document.source.place(first.placed.statement.span)
            found = self.report(
                document, hidden.prefix.span, prefix=shortened(first.prefix.text), line=place.line
            )
            yield found.with_related(Related(place, 'what takes the requests'))
