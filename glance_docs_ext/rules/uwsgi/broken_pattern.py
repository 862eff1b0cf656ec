"""UWS220: a regular expression that does not compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import read
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, kind, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

LIST = 'uwsgi_opt_add_regexp_list'
BEFORE = 'uwsgi_opt_add_regexp_dyn_dict'
BEHIND = 'uwsgi_opt_add_regexp_custom_list'
KINDS = frozenset({LIST, BEFORE, BEHIND})


class BrokenPattern(StatementRule):
    """The patterns of logs and of static files are compiled when uWSGI reads them.

    One that PCRE refuses ends the start. Those of routes are compiled later: UWS416.
    """

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS220'
    name = 'broken-pattern'
    severity = Severity.ERROR
    message = 'the regular expression {pattern!r} does not compile: {fault}'
    help = 'mend the pattern; a backslash before a character takes it as it is'
    bad = (
        Example('uwsgi', '[uwsgi]\nlog-drain = GET /health(\n'),
        Example('uwsgi', '[uwsgi]\nstatic-expires = *.css 3600\n'),
        Example('uwsgi', '[uwsgi]\nlog-route = errors [45\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nlog-drain = GET /health\\(\n'),
        Example('uwsgi', '[uwsgi]\nstatic-expires = \\.css$ 3600\n'),
    )
    exceptions = 'uWSGI is built without PCRE.'
    source = (
        'core/regexp.c, uwsgi_regexp_build(). Measured with uWSGI 2.0.21: "pcre error: missing ) '
        'at offset 1", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        word = value(statement)
        setter = kind(statement, engine)
        before, space, behind = word.text.partition(' ')
        if not is_known(word) or (setter != LIST and not space):
            return
        pattern = {LIST: word.text, BEFORE: before, BEHIND: behind}[setter]
        found = read(pattern)
        if found.fault and not found.only_pcre2:
            yield self.report(document, word.span, pattern=shortened(pattern), fault=found.fault)
