"""APA405: a WSGIScriptAlias whose path ends in a slash, and whose script does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.prefixes import mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

OPENED = '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'


class ScriptAliasSlash(Rule):
    """mod_wsgi puts what stands behind the path straight behind the name of the script.

    ``/image/v2`` becomes ``app.wsgiv2``, a file that is not there. Only ``/`` alone is treated
    otherwise.
    """

    engines = ('apache',)
    names = ('wsgiscriptalias',)
    code = 'APA405'
    name = 'script-alias-slash'
    severity = Severity.ERROR
    message = 'a request for {prefix}v2 looks for the file {script}v2, and gets 404'
    help = 'take the slash off the end of the path'
    bad = (Example('apache', f'WSGIScriptAlias /image/ /srv/wsgi/app.wsgi\n{OPENED}'),)
    good = (
        Example('apache', f'WSGIScriptAlias /image /srv/wsgi/app.wsgi\n{OPENED}'),
        Example('apache', f'WSGIScriptAlias / /srv/wsgi/app.wsgi\n{OPENED}'),
        Example('apache', f'WSGIScriptAlias /image/ /srv/wsgi/\n{OPENED}'),
    )
    exceptions = 'Only the path itself is asked for.'
    source = (
        'WSGIScriptAlias in the manual of mod_wsgi. Measured with mod_wsgi 4.9.4: "Target WSGI '
        'script not found or unable to stat: .../app.wsgiv2", 404.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for _placed, prefix, script in mappings(document, 'wsgiscriptalias'):
            if prefix.text != '/' and prefix.text.endswith('/') > script.text.endswith('/'):
                yield self.report(
                    document,
                    prefix.span,
                    prefix=shortened(prefix.text),
                    script=shortened(script.text),
                )
