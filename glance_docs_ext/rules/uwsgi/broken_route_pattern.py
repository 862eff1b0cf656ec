"""UWS416: a pattern of a route that does not compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import read
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import ROUTES, applied, is_known, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

WITHOUT = ('-run', '-label', '-if', '-if-not', '-status')
"""How the names of routes end that have no pattern."""


class BrokenRoutePattern(Rule):
    """The patterns of routes are compiled when uWSGI starts, after the file was read.

    One that PCRE refuses ends it. That of ``route-if = regexp:...`` is compiled with each request.
    """

    engines = ('uwsgi',)
    kinds = ROUTES
    code = 'UWS416'
    name = 'broken-route-pattern'
    severity = Severity.ERROR
    message = (
        'the regular expression {pattern!r} does not compile, and uWSGI does not start: {fault}'
    )
    help = 'mend the pattern; a backslash before a character takes it as it is'
    bad = (
        Example('uwsgi', '[uwsgi]\nroute = ^/images/(.* log:image\n'),
        Example('uwsgi', '[uwsgi]\nerror-route-uri = *.png log:image\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nroute = ^/images/(.*) log:image\n'),
        Example('uwsgi', '[uwsgi]\nroute-run = log:(\n'),
        Example('uwsgi', '[uwsgi]\nroute-if = regexp:${PATH_INFO};( log:image\n'),
    )
    exceptions = 'uWSGI is built without PCRE, and knows no routes.'
    source = (
        'core/routing.c, uwsgi_fixup_routes(). Measured with uWSGI 2.0.21: "pcre error: missing ) '
        'at offset 12", exit status 1, where "--get" says nothing.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement in applied(document, engine, ROUTES):
            word = value(statement)
            pattern, space, _action = word.text.partition(' ')
            if statement.key.endswith(WITHOUT) or not space or not is_known(word):
                continue
            reading = read(pattern)
            if reading.fault and not reading.only_pcre2:
                span = Span(word.start, min(word.start + max(1, len(pattern)), word.end))
                yield self.report(document, span, pattern=shortened(pattern), fault=reading.fault)
