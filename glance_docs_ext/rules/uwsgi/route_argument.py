"""UWS216: the action of a route without what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.routes import ACTIONS
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import ROUTES, routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class RouteArgument(Rule):
    """Most actions of routes take any text; some want it in parts and refuse to start without."""

    engines = ('uwsgi',)
    kinds = ROUTES
    code = 'UWS216'
    name = 'route-argument'
    severity = Severity.ERROR
    message = 'uWSGI refuses {argument!r} for the action {action!r}: it wants {wanted}'
    help = 'write {action}:{wanted}'
    bad = (
        Example('uwsgi', '[uwsgi]\nroute = ^/img file:/srv/logo.png\n'),
        Example('uwsgi', '[uwsgi]\nroute-run = uwsgi:127.0.0.1:3031\n'),
        Example('uwsgi', '[uwsgi]\nroute = ^/admin basicauth:Admins\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nroute = ^/img file:filename=/srv/logo.png\n'),
        Example('uwsgi', '[uwsgi]\nroute-run = uwsgi:127.0.0.1:3031,0,0\n'),
        Example('uwsgi', '[uwsgi]\nroute = ^/admin basicauth:Admins,/etc/images/htpasswd\n'),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'The functions that core/routing.c and the plugins give to uwsgi_register_router(). '
        'Measured with uWSGI 2.0.21: "unable to register route", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for word, route in routes(document, engine):
            action = ACTIONS.get(route.action or '')
            if action is None or action.accepts(route.argument):
                continue
            yield self.report(
                document,
                word.span,
                argument=shortened(route.argument),
                action=route.action,
                wanted=action.wanted,
            )
