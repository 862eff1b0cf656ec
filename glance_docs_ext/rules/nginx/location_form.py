"""NGX208: a location in a form or place that nginx refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.locations import MODIFIERS, Location
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement


class LocationForm(Rule):
    """A location has one pattern, and before it ``=``, ``^~``, ``~`` or ``~*`` at the most.

    A location inside another one must start with the other's path; named ones (``@name``) stand in
    the server only, and nothing stands inside named and exact ones.
    """

    code = 'NGX208'
    name = 'location-form'
    severity = Severity.ERROR
    message = 'location {name}: {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('location',)
    bad = (
        Example('nginx', 'server {\n    location ~= /images {\n        root /srv;\n    }\n}\n'),
        Example(
            'nginx',
            'server {\n'
            '    location /images {\n'
            '        location /files {\n'
            '            root /srv;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'location $arg_a {\n    location /files {\n        root /srv;\n    }\n}\n',
            version='1.31.4',
        ),
        Example('nginx', 'location @app {\n    root /srv;\n}\n', context='location'),
    )
    good = (
        Example(
            'nginx',
            'server {\n'
            '    location = /images {\n'
            '        root /srv;\n'
            '    }\n'
            '    location /v2 {\n'
            '        location /v2/images {\n'
            '            root /srv;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx', 'location $arg_a {\n    location /files {\n        root /srv;\n    }\n}\n'
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_core_location()`` in src/http/ngx_http_core_module.c; the changes of 1.31.5 '
        'for locations with a variable.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*self.names):
            if not 0 < len(statement.arguments) < 3 or statement.body is None:
                continue
            found = _fault(statement, scope, engine)
            if found is not None:
                complaint, remedy = found
                yield self.report(
                    document,
                    statement.arguments[0].span,
                    name=shortened(' '.join(word.text for word in statement.arguments)),
                    complaint=complaint,
                    remedy=remedy,
                )


def _fault(statement: Statement, scope: Scope | None, engine: Engine) -> tuple[str, str] | None:
    words = statement.arguments
    if len(words) == 2 and words[0].text not in MODIFIERS:
        return 'no such modifier', 'write one of =, ^~, ~ and ~*, or none'
    around = scope.section if scope else None
    is_inside = around is not None and around.key == 'location'
    if not is_inside and not words[0].text.startswith('@'):  # as most
        return None
    here = Location.of(statement)
    if here.is_named and statement.contexts == {'location'}:
        return 'a named location stands in the server', 'move it there'
    if around is None or not is_inside or not around.arguments:
        return None
    return _outside(here, Location.of(around), engine)


def _outside(here: Location, outer: Location, engine: Engine) -> tuple[str, str] | None:
    """Return what is wrong with a location inside of another."""
    if outer.is_exact or outer.is_named:
        return 'nothing may stand inside an exact or named location', 'move it into the server'
    has_path = not (here.is_predicate(engine) or outer.is_predicate(engine) or here.is_regex)
    if has_path and not here.pattern.startswith(outer.pattern):
        return f'it is outside of {shortened(outer.pattern)}', 'move it into the server'
    return None
