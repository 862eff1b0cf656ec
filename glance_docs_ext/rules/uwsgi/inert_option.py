"""UWS301: an option that does nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

INERT = frozenset(key for key in CATALOGUE if any(entry.inert_since for entry in CATALOGUE[key]))


class InertOption(Rule):
    """The version that is deployed takes the option and does nothing with it.

    ``enable-threads`` is such a one: since 2.0.27 threads are on, also with
    ``enable-threads = false``. The rule speaks where somebody says which version is deployed.
    """

    engines = ('uwsgi',)
    names = INERT
    code = 'UWS301'
    name = 'inert-option'
    severity = Severity.INFO
    message = '{name} has no effect since uWSGI {since}'
    help = 'take it away, unless the file is for older versions, too'
    bad = (Example('uwsgi', '[uwsgi]\nenable-threads = true\n', version='2.0.30'),)
    good = (
        Example('uwsgi', '[uwsgi]\nenable-threads = true\n', version='2.0.26'),
        Example('uwsgi', '[uwsgi]\nenable-threads = true\n'),
    )
    exceptions = 'The file is for uWSGI 2.0.26 and older, too.'
    source = (
        'uWSGI 2.0.27, core/uwsgi.c: "enable threads (stub option this is true by default)". '
        'Measured: 2.0.30 says "python threads support enabled" also with enable-threads = false.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if engine.version is None:
            return
        for statement, _scope in self.statements(document):
            since = max((e.inert_since for e in engine.catalogue[statement.key]), default='')
            if since and not engine.version.is_before(since):
                name = statement.name.text
                yield self.report(document, statement.name.span, name=name, since=since)
