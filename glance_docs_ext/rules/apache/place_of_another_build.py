"""APA248: a place that only some builds of a module allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.fitting import fitting, may_stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

PASSENGER = 'mod_passenger.c'
HTACCESS = 'htaccess'


class PlaceOfAnotherBuild(Rule):
    """Hosts that let their users start applications tell them to write these into .htaccess.

    Their Passenger allows it there, as Passenger 5.0 did; that of its makers answers every request
    with 500 today. It is told once of a file.
    """

    engines = ('apache',)
    code = 'APA248'
    name = 'place-of-another-build'
    severity = Severity.WARNING
    message = 'Passenger 6 does not allow {name!r} in .htaccess, unless the host has changed that'
    help = 'write it into a <Directory> or <VirtualHost>, or ask the host'
    unfitting = True
    bad = (Example('apache', 'PassengerAppRoot /home/a/app\nPassengerAppType node\n', 'htaccess'),)
    good = (
        Example('apache', 'PassengerAppRoot /home/a/app\n', 'vhost'),
        Example('apache', 'PassengerEnabled off\n', 'htaccess'),
    )
    exceptions = 'The host allows it.'
    source = (
        'Phusion Passenger, src/apache2_module: OR_OPTIONS | ACCESS_CONF | RSRC_CONF until 5.0, '
        'RSRC_CONF | ACCESS_CONF in 6. Guides of hosts that use cPanel or CloudLinux.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.context != HTACCESS:
            return
        for statement in fitting(engine).others(document):
            if allowed_elsewhere(engine.catalogue, statement):
                yield self.report(document, statement.name.span, name=statement.name.text)
                return


def allowed_elsewhere(catalogue: Catalogue, statement: Statement) -> bool:
    """Whether a statement may not stand where it does, but with another build of its module."""
    key, here = statement.key, statement.contexts
    return (
        HTACCESS in here
        and any(
            entry.owner == PASSENGER and 'directory' in entry.contexts for entry in catalogue[key]
        )
        and not may_stand(catalogue, key, here)
    )
