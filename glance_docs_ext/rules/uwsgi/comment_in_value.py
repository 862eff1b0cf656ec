"""UWS205: a comment behind a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import CHMOD, COMMANDS, COMMENT, OWN_SYNTAX, kind, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Word


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
    help = 'put the comment on a line of its own, above'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4 # one for each processor\n'),
        Example('uwsgi', '[uwsgi]\nthunder-lock = 0 ; not yet\n'),
        Example('uwsgi', '[uwsgi]\nsocket = :8000  ; behind nginx\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\n# one for each processor\nprocesses = 4\n'),)
    exceptions = 'The value has a blank and a number sign or semicolon in it on purpose.'
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: "thunder-lock = 0 # '
        'no" switches it on.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if not (' #' in text or ' ;' in text or '\t#' in text or '\t;' in text):
            return
        for statement, _scope in document.placed:
            word = value(statement)
            match = COMMENT.search(word.text)
            if match is None or statement.key.startswith(COMMANDS):
                continue
            setter = kind(statement, engine)
            if setter and setter not in OWN_SYNTAX and setter not in CHMOD:
                yield self.report(document, _place(word, match.start(1)), name=statement.key)


def _place(word: Word, offset: int) -> Span:
    """Return the place of the comment; where placeholders were replaced, of the whole value."""
    whole = word.end - word.start == len(word.text)
    return Span(word.start + (offset if whole else 0), word.end)
