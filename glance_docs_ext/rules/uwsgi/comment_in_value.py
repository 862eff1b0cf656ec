"""UWS205: a comment behind a value."""

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


class CommentInValue(Rule):
    """A comment needs a line of its own.

    Behind a value it is part of the value: a path that does not exist, a module that cannot be
    imported, a flag that is on whatever stands before.
    """

    engines = ('uwsgi',)
    code = 'UWS205'
    name = 'comment-in-value'
    severity = Severity.WARNING
    message = 'the comment belongs to the value of {name!r}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nthunder-lock = 0 ; not yet\n'),
        Example('uwsgi', '[uwsgi]\nsocket = 127.0.0.1:8000  ; behind nginx\n'),
        Example('uwsgi', '[uwsgi]\nchdir = /srv/app # where it is\n'),
        Example('uwsgi', '[uwsgi]\nchdir = /srv/app // where it is\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\n# where it is\nchdir = /srv/app\n'),
        Example('uwsgi', '[uwsgi]\nadd-header = X-XSS-Protection: 1 ; mode=block\n'),
    )
    exceptions = 'The value has a blank and a number sign or semicolon in it on purpose.'
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: "thunder-lock = 0 # '
        'no" switches it on.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for found in commented(document, engine):
            if not found.harmless:
                yield self.report(document, **found._asdict())
