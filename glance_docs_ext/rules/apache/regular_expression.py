"""APA221: a regular expression that cannot be compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.apache.patterns import WHERE, patterns
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class RegularExpression(StatementRule):
    """Apache compiles regular expressions when it reads them, and refuses one that is broken.

    Only what is sure is reported: brackets that are not closed or close nothing, a backslash at
    the end, a repetition of nothing.
    """

    code = 'APA221'
    name = 'regular-expression'
    severity = Severity.ERROR
    message = 'the regular expression of {name} cannot be compiled: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = WHERE
    bad = (
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/v2/(.* /v3/$1\n</VirtualHost>\n'),
        Example('apache', '<LocationMatch "^/v[23/">\n</LocationMatch>\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/v2/(.*) /v3/$1\n</VirtualHost>\n'),
        Example('apache', '<LocationMatch "^/v[23]/">\n</LocationMatch>\n'),
        Example('apache', 'SetEnvIfNoCase User-Agent Image\\ Stripper bot\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_pregcomp()`` in server/util.c: "Regex could not be compiled"; '
        '``non_regex_pattern()`` in mod_setenvif.c; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        for word in patterns(statement):
            what = fault(word.text) if is_known(word) else None
            if what is None:
                continue
            yield self.report(
                document,
                word.span,
                name=statement.name.text,
                what=what,
                remedy='write "\\\\" before a character that is meant as such',
            )
