"""UWS215: a route whose action or condition uWSGI does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.engines.uwsgi.routes import ACTIONS, CONDITIONS
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import ROUTES, routes, value
from glance_docs_ext.source import Span
from glance_docs_ext.spelling import Names, closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class UnknownRouteAction(Rule):
    """A route does what the word before its colon says, and ``route-if`` asks it.

    uWSGI looks the word up when it reads the route, among those of the core and of its plugins, and
    refuses to start with another one.
    """

    engines = ('uwsgi',)
    kinds = ROUTES
    code = 'UWS215'
    name = 'unknown-route-action'
    severity = Severity.ERROR
    message = 'uWSGI knows no {what} {word!r} of routes'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nroute = ^/old redirct:/new\n'),
        Example('uwsgi', '[uwsgi]\nroute-if = is:${REQUEST_METHOD};GET last:\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nroute = ^/old redirect:/new\n'),
        Example('uwsgi', '[uwsgi]\nroute-if = equal:${REQUEST_METHOD};GET last:\n'),
        Example('uwsgi', '[uwsgi]\nplugin = limits\nroute = ^/api limit:10\n'),
    )
    exceptions = 'A plugin that is loaded on the command line brings the word.'
    source = (
        'core/routing.c, uwsgi_opt_add_route(). Measured with uWSGI 2.0.21: "unable to register '
        'route", "unable to find "is" route condition", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if any(foreign(value(statement).text) for statement, _scope in document.named(*LOADS)):
            return  # it may bring any
        for word, route in routes(document, engine):
            if route.condition is not None and route.condition not in CONDITIONS:
                found, what, names = route.condition, 'condition', NAMES_OF_CONDITIONS
            elif route.action is not None and route.action not in ACTIONS:
                found, what, names = route.action, 'action', NAMES_OF_ACTIONS
            else:
                continue
            start = word.start + max(0, word.text.find(f'{found}:'))
            span = Span(start, min(start + max(1, len(found)), max(start + 1, word.end)))
            close = closest(found, names)
            remedy = f'did you mean {close[0]!r}?' if close else 'look it up in the manual'
            yield self.report(document, span, what=what, word=shortened(found), remedy=remedy)


NAMES_OF_ACTIONS, NAMES_OF_CONDITIONS = Names(ACTIONS), Names(CONDITIONS)
