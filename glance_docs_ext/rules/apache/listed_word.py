"""APA214: a word that a directive with a list of words does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.arguments import handed_on
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.values import COMMENT, closing_comment, is_known
from glance_docs_ext.rules.apache.word_lists import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class ListedWord(StatementRule):
    """Some directives take a list of words, some with a sign, and Apache refuses any other word.

    A comma is part of the word, and so is "#": the list is separated by blanks and ends with the
    line.
    """

    code = 'APA214'
    name = 'listed-word'
    severity = Severity.ERROR
    message = '{name} does not take {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = LISTS
    bad = (
        Example('apache', '<VirtualHost *:80>\n    SSLProtocol TLSv1.2, TLSv1.3\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    LogLevel warning\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    SSLOptions +StdEnv\n</VirtualHost>\n'),
        Example('apache', 'RewriteOptions LongURLOptimization\n'),
        Example('apache', 'IndexOptions FancyIndexing NameWidth=3\n'),
        Example('apache', 'IndexOptions -IconHeight=20\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    SSLProtocol TLSv1.2 TLSv1.3\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    LogLevel warn ssl:info\n</VirtualHost>\n'),
        Example('apache', 'LogLevel warn ""\n'),
        Example('apache', 'RewriteOptions UnsafePrefixStat\n'),
        Example('apache', 'IndexOptions NameWidth=* -DescriptionWidth DescriptionWidth=0\n'),
        Example('apache', '<VirtualHost *:80>\n    SSLOptions +StdEnvVars\n</VirtualHost>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives, each tried with right and wrong words; measured with '
        'Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        expected, pattern = LISTS[statement.key]
        for word in handed_on(statement, engine.catalogue):
            if is_known(word) and not pattern.fullmatch(word.text):
                found = self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    what=repr(shortened(word.text)),
                    remedy=COMMENT if closing_comment(word) else f'write {expected}',
                )
                return (found,)
        return ()
