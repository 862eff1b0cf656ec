"""UWS213: a placeholder with the name of an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_known, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

BUILT_IN = frozenset({'', 'python', 'http'})
"""The core, and the plugins that uWSGI has built in but where a distribution splits it."""


class UnusablePlaceholder(StatementRule):
    """``set-placeholder`` makes a variable, which must not be called like an option.

    To set an option, write it as such.
    """

    engines = ('uwsgi',)
    names = ('set-placeholder', 'set-ph')
    code = 'UWS213'
    name = 'unusable-placeholder'
    severity = Severity.ERROR
    message = 'uWSGI refuses {name!r} as a placeholder: there is an option of that name'
    help = 'take another name, or write "{name} = {value}" to set the option'
    bad = (
        Example('uwsgi', '[uwsgi]\nset-placeholder = chdir=/srv\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = module=images\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nset-placeholder = base=/srv\nchdir = %(base)\n'),)
    exceptions = 'The option belongs to a plugin that is not loaded.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21: "you cannot'
        ' use chdir as a placeholder", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if statement in document.unjudged:
            return
        word = value(statement)
        name, equals, text = word.text.partition('=')
        entries = engine.catalogue[name] if equals and is_known(word) else ()
        if any(entry.owner in BUILT_IN for entry in entries):
            span = Span(word.start, word.start + len(name))
            yield self.report(document, span, name=name, value=shortened(text))
