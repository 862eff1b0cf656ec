"""UWS423: an algorithm for the number of workers that uWSGI has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_alone, is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

CORE, PLUGINS = ('spare', 'backlog', 'manual'), ('busyness', 'backlog2')


class UnknownCheaperAlgorithm(StatementRule):
    """uWSGI says in its log that it does not find the algorithm, and takes ``spare``.

    What else is set for the other one has no effect then. ``spare2`` is none of uWSGI 2.0.
    """

    engines = ('uwsgi',)
    names = ('cheaper-algo',)
    code = 'UWS423'
    name = 'unknown-cheaper-algorithm'
    severity = Severity.WARNING
    message = 'uWSGI has no algorithm {value!r} for {name!r}, and takes spare'
    help = 'write spare, backlog, manual, busyness or backlog2'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 2\ncheaper-algo = busy\n'),
        Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 2\ncheaper-algo = spare2\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 2\ncheaper-algo = busyness\n'),
        Example('uwsgi', '[uwsgi]\nplugin = thrifty\ncheaper-algo = thrifty\n'),
    )
    exceptions = 'A plugin of somebody else brings it, which is loaded on the command line.'
    source = (
        'core/master.c. Measured with uWSGI 2.0.21: "unable to find requested cheaper algorithm, '
        'falling back to spare".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        if word.text in CORE or word.text in PLUGINS or not word.text or not is_known(word):
            return
        plugins = [value(loading).text for loading, _scope in document.named(*LOADS)]
        if is_alone(document) and not any(map(foreign, plugins)):
            name, text = statement.key, shortened(word.text)
            yield self.report(document, word.span, name=name, value=text)
