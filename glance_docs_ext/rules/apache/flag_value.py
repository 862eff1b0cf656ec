"""APA201: a switch that is neither On nor Off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.values import USUAL, is_flag, is_known
from glance_docs_ext.rules.common.origin import comes_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


TAKEN = frozenset({'on', 'off'})
ALSO_TAKEN = {'oidccookiesamesite': frozenset({'strict', 'lax', 'none', 'disabled'})}
"""What was a switch alone once, and takes these words since mod_auth_openidc 2.4.16.6."""


class FlagValue(StatementRule):
    """Apache takes ``On`` and ``Off`` for a switch, in either case, and no other word.

    ``yes``, ``1`` and ``true`` are refused.
    """

    code = 'APA201'
    name = 'flag-value'
    severity = Severity.ERROR
    message = '{name} is a switch: expected On or Off, found {what}'
    help = 'write On or Off{origin}'
    engines = ('apache',)
    kinds = ('FLAG',)
    bad = (
        Example('apache', 'KeepAlive Onn\n'),
        Example('apache', '<VirtualHost *:80>\n    ProxyPreserveHost yes\n</VirtualHost>\n'),
    )
    good = (
        Example('apache', 'KeepAlive On\n'),
        Example('apache', '<VirtualHost *:80>\n    ProxyPreserveHost On\n</VirtualHost>\n'),
        Example('apache', 'OIDCCookieSameSite None\nOIDCCookieHTTPOnly on\n', 'server'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``invoke_cmd()`` in server/config.c: "X must be On or Off". For OIDCCookieSameSite the '
        'notes of release 2.4.16.6 of mod_auth_openidc.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if statement.rest.text in USUAL or not is_flag(statement, engine.catalogue):
            return ()
        return self._told(statement, document, engine)

    def _told(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = statement.arguments[0] if statement.arguments else None
        if word is None or (is_known(word) and not _is_taken(word.text, statement.key)):
            yield self.report(
                document,
                word.span if word else statement.name.span,
                name=statement.name.text,
                what=repr(shortened(word.text)) if word else 'nothing',
                origin=comes_from(engine.catalogue[statement.key]),
            )


def _is_taken(text: str, key: str) -> bool:
    word = text.lower()
    return word in TAKEN or word in ALSO_TAKEN.get(key, ())
