"""NGX202: a word that is not among those a directive takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.values import of_kind
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

KINDS = frozenset({'ngx_conf_set_enum_slot', 'ngx_conf_set_bitmask_slot'})


NO_COMMA = 'take the "," away: blanks separate the words'


class WordNotListed(StatementRule):
    """Some directives take words from a list only; the list stands in the module's own table."""

    code = 'NGX202'
    name = 'word-not-listed'
    severity = Severity.ERROR
    message = '{name} does not know {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    kinds = KINDS
    bad = (
        Example('nginx', 'server {\n    ssl_protocols TLSv1.2 TLSv1_3;\n}\n'),
        Example('nginx', 'location / {\n    proxy_next_upstream http_501;\n}\n'),
        Example('nginx', 'location / {\n    proxy_http_version 2;\n}\n', version='1.28.0'),
    )
    good = (
        Example('nginx', 'server {\n    ssl_protocols TLSv1.2 TLSv1.3;\n}\n'),
        Example('nginx', 'location / {\n    proxy_http_version 2;\n}\n'),
    )
    exceptions = 'A later version may know more words.'
    source = (
        'src/core/ngx_conf_file.c, ``ngx_conf_set_enum_slot()``, ``ngx_conf_set_bitmask_slot()``.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        entries = of_kind(statement, engine, KINDS)
        for value in statement.arguments if entries else ():
            if not _is_listed(value.text, entries):
                return self._faults(document, statement, entries)
        return ()

    def _faults(
        self, document: Document, statement: Statement, entries: tuple[Entry, ...]
    ) -> Iterator[Diagnostic]:
        for value in statement.arguments:
            if _is_listed(value.text, entries):
                continue
            flags = sorted({flag for entry in entries for flag in entry.flags})
            allowed = [flag[1:] for flag in flags if flag.startswith('=')]
            known_words = {word.lower() for word in allowed}
            if allowed and value.text.lower() not in known_words:
                listed = value.text.lower().removesuffix(',') in known_words
                yield self.report(
                    document,
                    value.span,
                    name=statement.name.text,
                    value=shortened(value.text),
                    remedy=NO_COMMA if listed else f'it takes: {", ".join(allowed)}',
                )


def _is_listed(word: str, entries: tuple[Entry, ...]) -> bool:
    flag = f'={word}'
    for entry in entries:  # noqa: SIM110  # any() takes twice the time, and this is asked often
        if flag in entry.flags:
            return True
    return False
