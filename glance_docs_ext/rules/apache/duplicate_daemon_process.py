"""APA226: two daemon processes of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Word


class DuplicateDaemonProcess(Rule):
    """The name of a ``WSGIDaemonProcess`` is unique in the whole server, in all virtual hosts."""

    code = 'APA226'
    name = 'duplicate-daemon-process'
    severity = Severity.ERROR
    message = 'a daemon process {name!r} is defined already'
    help = '{remedy}'
    engines = ('apache',)
    names = ('wsgidaemonprocess',)
    bad = (
        Example(
            'apache', 'WSGIDaemonProcess glance processes=2\nWSGIDaemonProcess glance processes=4\n'
        ),
    )
    good = (
        Example(
            'apache',
            'WSGIDaemonProcess glance-api processes=2\nWSGIDaemonProcess glance-admin '
            'processes=4\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``wsgi_add_daemon_process()`` of mod_wsgi 4.9.4: "Name duplicates previous WSGI daemon '
        'definition"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        first: dict[str, Word] = {}
        for statement, _scope in document.named(*self.names):
            if not statement.arguments or not is_known(statement.arguments[0]):
                continue
            name = statement.arguments[0]
            earlier = first.setdefault(name.text, name)
            if earlier is not name:
                found = self.report(
                    document,
                    name.span,
                    name=shortened(name.text),
                    remedy='give the processes different names',
                )
                place = document.source.place(earlier.span)
                yield found.with_related(Related(place, 'the first is defined here'))
