"""UWS406: as many workers in the cheapest state as in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class CheaperNotBelowProcesses(Rule):
    """``cheaper`` is the number of workers to keep when there is little to do.

    It must be lower than the number of workers, or uWSGI does not start.
    """

    engines = ('uwsgi',)
    names = ('cheaper',)
    code = 'UWS406'
    name = 'cheaper-not-below-processes'
    severity = Severity.ERROR
    message = (
        'uWSGI does not start with cheaper = {cheaper} and {processes} worker{s}: it must be lower'
    )
    help = 'lower it, or raise "processes"'
    bad = (Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 4\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 2\n'),
        Example('uwsgi', '[uwsgi]\ncheaper = 2\n'),
    )
    exceptions = 'The number of workers is set on the command line.'
    source = (
        'core/init.c, sanitize_args(). Measured with uWSGI 2.0.21: "invalid cheaper '
        'value: must be lower than processes", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        workers = self._last(document, 'processes', 'workers')
        fewest = self._last(document, 'cheaper')
        if workers is None or fewest is None:
            return
        most, least = (read_integer(value(statement).text) for statement in (workers, fewest))
        if 0 < most <= least:
            yield self.report(
                document,
                value(fewest).span,
                cheaper=least,
                processes=most,
                s='' if most == 1 else 's',
            )

    @staticmethod
    def _last(document: Document, *keys: str) -> Statement | None:
        """Return the option that counts, if its number stands in the text."""
        found = [statement for statement, _scope in document.named(*keys)]
        last = max(found, key=lambda statement: statement.name.start, default=None)
        return last if last is not None and is_known(value(last)) else None
