"""APA202: words behind a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.apache.values import COMMENT, closing_comment, is_flag
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class WordsAfterFlag(StatementRule):
    """Behind the first word of a switch Apache reads nothing, and does not say so.

    What stands there is a comment, which belongs on a line of its own, or a second value that has
    no effect.
    """

    code = 'APA202'
    name = 'words-after-flag'
    severity = Severity.WARNING
    message = '{name} reads its first word only; this has no effect'
    help = '{remedy}'
    engines = ('apache',)
    kinds = ('FLAG',)
    bad = (
        Example('apache', 'KeepAlive On Off\n'),
        Example('apache', '<VirtualHost *:80>\n    ProxyPreserveHost On # keep\n</VirtualHost>\n'),
    )
    good = (
        Example('apache', 'KeepAlive Off\n'),
        Example(
            'apache', '<VirtualHost *:80>\n    # keep\n    ProxyPreserveHost On\n</VirtualHost>\n'
        ),
    )
    exceptions = 'None: the words have no effect.'
    source = (
        '``invoke_cmd()`` in server/config.c, case FLAG; measured with Apache 2.4.71: "Syntax OK".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words = statement.arguments
        if len(words) < 2 or not is_flag(statement, engine.catalogue):
            return ()
        if words[0].text.lower() not in {'on', 'off'}:
            return ()  # another rule speaks of the first word
        found = self.report(
            document,
            Span(words[1].start, words[-1].end),
            name=statement.name.text,
            remedy=COMMENT if closing_comment(words[1]) else 'take it away',
        )
        return (found,)
