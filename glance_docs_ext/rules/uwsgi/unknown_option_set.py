"""UWS219: ``set`` with a name that is no option's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.placeholders import used_in
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import UNKNOWN, is_true, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class UnknownOptionSet(Rule):
    """``set = NAME=VALUE`` sets the option NAME; ``set-placeholder`` makes a variable.

    In strict mode uWSGI refuses a NAME that is no option's. A name that the same text uses as
    ``%(NAME)`` is taken for a variable, which strict mode alone refuses.
    """

    engines = ('uwsgi',)
    names = ('set',)
    code = 'UWS219'
    name = 'unknown-option-set'
    severity = Severity.ERROR
    message = 'uWSGI does not know the option {name!r} that is set here'
    help = 'correct the name, or write "set-placeholder = {name}=VALUE" for a variable'
    bad = (
        Example('uwsgi', '[uwsgi]\nset = proceses=4\n'),
        Example('uwsgi', '[uwsgi]\nstrict = true\nset = base=/srv\nchdir = %(base)/app\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nset = processes=4\n'),
        Example('uwsgi', '[uwsgi]\nset = base=/srv\nchdir = %(base)/app\n'),
        Example('uwsgi', '[uwsgi]\nstrict = true\nset-placeholder = base=/srv\nchdir = %(base)\n'),
    )
    exceptions = 'The option belongs to a plugin of your own.'
    source = (
        'core/config.c, uwsgi_opt_set_placeholder() and add_exported_option_do(). Measured with '
        'uWSGI 2.0.21: "[strict-mode] unknown config directive: proceses".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        variables = frozenset[str]() if is_true(document, 'strict') else used_in(document)
        for statement, _scope in document.named(*self.names):
            word = value(statement)
            name, equals, _ = word.text.partition('=')
            if statement in document.unjudged or not equals or UNKNOWN.search(name):
                continue
            if name in engine.catalogue or name in variables:
                continue
            span = Span(word.start, word.start + max(1, len(name)))
            yield self.report(document, span, name=shortened(name))
