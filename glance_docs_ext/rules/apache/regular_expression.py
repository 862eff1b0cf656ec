"""APA221: a regular expression that cannot be compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.apache.patterns import BEHIND_TILDE, WHERE, patterns
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        Example('apache', '<VirtualHost *:80>\n    RedirectMatch gone ^/v1(/.*\n</VirtualHost>\n'),
        Example('apache', 'SetEnvIf *-Token . has_token\n'),
        Example('apache', 'Header echo ^X-(Trace\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/v2/(.*) /v3/$1\n</VirtualHost>\n'),
        Example('apache', '<LocationMatch "^/v[23]/">\n</LocationMatch>\n'),
        Example('apache', 'SetEnvIfNoCase User-Agent Image\\ Stripper bot\n'),
        Example('apache', 'SetEnvIf OID("2.16.840.1.113730.1.13") (.*) comment=$1\n'),
        Example('apache', 'Header set echo (\n'),
        Example(
            'apache', '<Location /v1>\n    RedirectMatch 301 http://192.0.2.1/(v3\n</Location>\n'
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_pregcomp()`` in server/util.c: "Regex could not be compiled"; '
        '``non_regex_pattern()`` in mod_setenvif.c; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if len(statement.arguments) < 2 and statement.key in BEHIND_TILDE:
            return ()  # as nearly all of them
        for word in patterns(statement):
            what = fault(word.text)
            if what and is_known(word):
                found = self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    what=what,
                    remedy='write a backslash before a character that is meant as such',
                )
                return (found,)
        return ()
