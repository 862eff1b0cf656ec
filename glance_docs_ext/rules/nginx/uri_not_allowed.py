"""NGX213: a path behind proxy_pass where nginx cannot map it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.locations import Location
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class UriNotAllowed(Rule):
    """A path behind ``proxy_pass`` replaces the part of the request that the location matched.

    In a location given by a regular expression, in a named one, in ``if`` and in ``limit_except``
    there is no such part, and nginx refuses the path, even a lone ``/``.
    """

    code = 'NGX213'
    name = 'uri-not-allowed'
    severity = Severity.ERROR
    message = 'proxy_pass must not have a path here'
    help = 'take {uri!r} away, or use rewrite to change the path'
    engines = ('nginx',)
    names = ('proxy_pass',)
    bad = (
        Example(
            'nginx',
            'server {\n'
            '    location ~ ^/images {\n'
            '        proxy_pass http://127.0.0.1:60999/;\n'
            '    }\n'
            '}\n',
        ),
        Example('nginx', 'proxy_pass http://127.0.0.1:60999/;\n', 'location-if'),
    )
    good = (
        Example(
            'nginx',
            'server {\n'
            '    location ~ ^/images {\n'
            '        proxy_pass http://127.0.0.1:60999;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_proxy_pass()``: ""proxy_pass" cannot have URI part in location given '
        'by regular expression".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*self.names):
            if not statement.arguments or '$' in statement.arguments[0].text:
                continue
            if not _has_no_path(statement, scope.section if scope else None):
                continue
            word = statement.arguments[0]
            _scheme, found, address = word.text.partition('://')
            uri = parse(address, with_uri=True).uri if found else ''
            if uri:
                yield self.report(document, word.span, uri=shortened(uri))


WITHOUT_PATH = frozenset({'location-if', 'limit-except'})


def _has_no_path(statement: Statement, section: Statement | None) -> bool:
    if section is None:  # a lone line, in the place that the author names
        return bool(statement.contexts) and statement.contexts <= WITHOUT_PATH
    if section.key == 'location':
        location = Location.of(section)
        return location.is_regex or location.is_named
    return section.key in {'if', 'limit_except'}
