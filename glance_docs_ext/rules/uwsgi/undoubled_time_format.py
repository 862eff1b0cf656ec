"""UWS114: a time format whose percent signs are not doubled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.magic import HOST
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

FORMATS = ('log-date', 'logdate', 'log-strftime', 'log-x-strftime')
PAIR = re.compile(f'(?<!%)(?:%%)*(%[{"".join(sorted(HOST))}])')


class UndoubledTimeFormat(Rule):
    """``%d`` and ``%s`` mean something to uWSGI before they mean a day or a second.

    The first is the folder of the file, the second its name, and they land in every line of the
    log.
    """

    engines = ('uwsgi',)
    names = FORMATS
    code = 'UWS114'
    name = 'undoubled-time-format'
    severity = Severity.WARNING
    message = 'uWSGI replaces {pair!r} in {name!r} before strftime() sees it'
    help = 'double every percent sign: "%%Y-%%m-%%d"'
    bad = (Example('uwsgi', '[uwsgi]\nlog-date = %d.%%m.%%Y\n'),)
    good = (Example('uwsgi', '[uwsgi]\nlog-date = %%d.%%m.%%Y\n'),)
    exceptions = 'The folder or the name of the file is meant.'
    source = (
        'core/uwsgi.c, config_magic_table_fill(). Measured with uWSGI 2.0.21: "%d" in '
        '"log-date" gives the folder of the file.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        lost = [problem.span for problem in document.problems if problem.kind == 'deleted-percent']
        for statement, _scope in document.named(*FORMATS):
            span = statement.span
            if any(span.start <= place.start <= span.end for place in lost):
                continue  # one fault, one finding
            pair = PAIR.search(document.source.text, span.start, span.end)
            if pair is not None:
                yield self.report(document, Span(*pair.span()), pair=pair[0], name=statement.key)
