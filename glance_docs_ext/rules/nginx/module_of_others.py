"""NGX246: a directive that only an nginx with a module of somebody else has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class ModuleOfOthers(Rule):
    """The directive is right where nginx has its module; without it nginx refuses to start.

    These are modules that nginx's own packages and Debian's do not bring: Phusion Passenger, vts,
    the health checks of Tengine, pagespeed, and so on. Nothing is known of them but the names of
    their directives, so that neither places nor values are judged. Said once for each module.
    """

    code = 'NGX246'
    name = 'module-of-others'
    severity = Severity.INFO
    message = 'nginx itself does not know {name!r}'
    help = '{remedy}'
    engines = ('nginx',)
    unfitting = True
    bad = (
        Example(
            'nginx',
            'server {\n    passenger_enabled on;\n    passenger_app_env production;\n}\n',
        ),
        Example('nginx', 'location / {\n    check_status;\n}\n'),
        Example('nginx', 'server {\n    ssl_ct on;\n    listen 80;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    brotli on;\n}\n'),
        Example(
            'nginx',
            'load_module modules/ngx_http_vhost_traffic_status_module.so;\nevents {}\n'
            'http {\n    vhost_traffic_status_zone;\n}\n',
        ),
    )
    exceptions = 'The page says which module nginx is built with, or what to install.'
    source = 'The manuals of the modules; of an nginx without: "unknown directive".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        told = set()
        for statement in fitting(engine).others(document):
            key = statement.key
            if key in engine.catalogue or statement in document.unjudged:
                continue
            owner = engine.module_of(key)
            if not owner or owner in told:
                continue
            if document.once(engine.brings_names):
                break
            told.add(owner)
            yield self.report(
                document,
                statement.name.span,
                name=shortened(statement.name.text),
                remedy=engine.elsewhere(key),
            )
