"""UWS411: the HTTP router without a master process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import ROUTERS
from glance_docs_ext.rules.uwsgi.applications import APPLICATIONS
from glance_docs_ext.rules.uwsgi.missing_master import EFFECTS, has_master
from glance_docs_ext.rules.uwsgi.values import applied, shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

SERVICE = '[uwsgi]\nhttp = 127.0.0.1:9292\nmodule = app:application\n'


class RouterWithoutMaster(Rule):
    """``http`` is a process of its own in front of the worker; without a master nobody minds both.

    When the worker dies, the router goes on to take connections and has nobody to pass them to.
    """

    engines = ('uwsgi',)
    kinds = ROUTERS
    code = 'UWS411'
    name = 'router-without-master'
    severity = Severity.INFO
    message = 'without the master process nobody replaces the router or the worker when one dies'
    help = 'add "master = true"'
    bad = (Example('uwsgi', SERVICE),)
    good = (Example('uwsgi', f'{SERVICE}master = true\ndie-on-term = true\n'),)
    exceptions = 'The block is for trying things out.'
    source = (
        'Measured with uWSGI 2.0.21: "you are running uWSGI without its master process manager"; '
        'after the worker is killed no request is answered any more.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.keys.isdisjoint(APPLICATIONS) or has_master(document, engine):
            return
        # Of these the rule missing-master speaks.
        if not document.keys.isdisjoint(EFFECTS) or not shows_all(document):
            return
        for statement in applied(document, engine, ROUTERS):
            yield self.report(document, statement.name.span)
