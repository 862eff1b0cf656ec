"""UWS414: an unknown name behind "strict = false"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.spelling import SUGGESTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class IgnoredName(Rule):
    """Without strict mode uWSGI takes a name that it does not know for a variable.

    It starts, and an option that is misspelt has no effect. Whether or not ``--strict`` is on the
    command line, the last ``strict`` of the file counts.
    """

    engines = ('uwsgi',)
    names = ()  # it reports problems
    code = 'UWS414'
    name = 'ignored-name'
    severity = Severity.WARNING
    message = (
        'uWSGI does not know the option {name!r}, and does nothing with it: strict mode is off'
    )
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nstrict = false\nproceses = 4\n'),
        Example('uwsgi', '[uwsgi]\nstrict = 0\nworkers: 4\n'),
        Example('uwsgi', '[uwsgi]\nset = strict=off\nenv = A=1\n    B=2\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nstrict = false\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nstrict = false\nbase = /srv\nchdir = %(base)/app\n'),
        Example('uwsgi', '[uwsgi]\nstrict = false\nmax-requests-delta = 10\n', version='2.0.21'),
        Example('uwsgi', '[uwsgi]\nstrict = false\nset = base=/srv\n'),
        Example('uwsgi', '[uwsgi]\nif-env = LEGACY\nstrict = false\nendif =\nbase = /srv\n'),
    )
    exceptions = 'The application reads the name, as Python does with ``uwsgi.opt``.'
    source = (
        'core/config.c, uwsgi_opt_get(). Measured with uWSGI 2.0.21: "--strict" on the command '
        'line, "strict = false" in the file, and it starts.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        left = SUGGESTED
        for problem in document.problems:
            if problem.kind == self.name:
                name = problem.values['name']
                close = engine.catalogue.suggestions(name) if left > 0 else ()
                remedy = ' or '.join(map(repr, close))
                remedy = f'did you mean {remedy}?' if close else 'look it up, or take it away'
                yield self.report(document, problem.span, name=shortened(name), remedy=remedy)
                left -= 1
