"""APA204: a word that is none of those a directive takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.keywords import KEYWORDS, LOWER, REPEATED, UNTIL
from glance_docs_ext.rules.apache.values import COMMENT, choices, closing_comment, is_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class KeywordValue(StatementRule):
    """Many directives choose from a few words, and Apache refuses any other."""

    code = 'APA204'
    name = 'keyword-value'
    severity = Severity.ERROR
    message = '{name} does not take {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = KEYWORDS
    bad = (
        Example('apache', 'ServerTokens Production\n'),
        Example('apache', '<Files a>\n    AuthDigestQop none\n</Files>\n', version='2.4.69'),
        Example('apache', '<VirtualHost *:80>\n    SSLVerifyClient requires\n</VirtualHost>\n'),
    )
    good = (
        Example('apache', 'ServerTokens Prod\n'),
        Example('apache', 'MDRenewMode automatic\n'),
        Example('apache', '<Files a>\n    AuthDigestQop none\n</Files>\n', version='2.4.66'),
        Example('apache', '<VirtualHost *:80>\n    SSLVerifyClient require\n</VirtualHost>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives, each tried with right and wrong words; measured with '
        'Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        key, known, given = statement.key, LOWER[statement.key], statement.arguments
        for word in given if key in REPEATED else given[:1]:
            if word.text.lower() not in known and word.text and is_known(word):
                until = UNTIL.get((key, word.text.lower()), '')
                if until and engine.version is not None and engine.version.is_before(until):
                    continue
                write = f'write {choices(KEYWORDS[key])}'
                found = self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    what=repr(shortened(word.text)),
                    remedy=COMMENT
                    if closing_comment(word)
                    else write + f': it was taken before {until}' * bool(until),
                )
                return (found,)
        return ()
