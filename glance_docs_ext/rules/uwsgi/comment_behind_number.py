"""UWS222: a comment behind a number, or behind a flag that is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.comments import commented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class CommentBehindNumber(Rule):
    """A comment behind a number does no harm, since uWSGI reads no further than the digits.

    Nor does one behind ``true``, for anything that is not false is true. It is part of the value
    all the same: behind a path, or behind ``false``, the same habit is a fault.
    """

    engines = ('uwsgi',)
    code = 'UWS222'
    name = 'comment-behind-number'
    severity = Severity.INFO
    message = 'the comment belongs to the value of {name!r}, {harmless}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4 # one for each processor\n'),
        Example('uwsgi', '[uwsgi]\nmax-requests = 1000   ; then a new worker\n'),
        Example('uwsgi', '[uwsgi]\nvacuum = true   ; take the socket away at the end\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\n# one for each processor\nprocesses = 4\n'),)
    exceptions = 'None; it may stay.'
    source = (
        'core/uwsgi.c, uwsgi_opt_set_int() and its like: atoi(). Measured with uWSGI 2.0.21: '
        '"processes = 3 # four" starts three workers. uwsgi_opt_true(): four words alone are false.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for found in commented(document, engine):
            if found.harmless:
                yield self.report(document, **found._asdict())
