"""NGX206: a word that has another form than the directive reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.forms import ALONE, FORMS, ONLY, TWO
from glance_docs_ext.engines.nginx.values import meant
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

CHECKED = frozenset(FORMS) | frozenset(ALONE)


class FormOfValue(Rule):
    """Many directives read their words by themselves: ``max=10``, ``zone=one:10m``, ``10r/s``.

    nginx refuses what has another form, and says little more than "invalid parameter".
    """

    code = 'NGX206'
    name = 'form-of-value'
    severity = Severity.ERROR
    message = '{name} {complaint}'
    help = 'it takes {usage}'
    engines = ('nginx',)
    names = CHECKED
    bad = (
        Example('nginx', 'location / {\n    expires 10min;\n}\n'),
        Example('nginx', 'limit_req_zone $binary_remote_addr zone=one:10m rate=1s;\n'),
        Example('nginx', 'location / {\n    allow 10.0.0.0/33;\n}\n'),
        Example('nginx', 'worker_processes many;\n'),
        Example('nginx', 'location / {\n    proxy_redirect on;\n}\n'),
        Example('nginx', 'location / {\n    expires epoch 10m;\n}\n'),
        Example('nginx', 'location / {\n    access_log off buffer=4k;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    expires 10m;\n}\n'),
        Example('nginx', 'location / {\n    expires modified -10m;\n}\n'),
        Example('nginx', 'limit_req_zone $binary_remote_addr zone=one:10m rate=1r/s;\n'),
        Example('nginx', 'worker_processes auto;\n'),
    )
    exceptions = 'A later version may know more forms.'
    source = "The functions that nginx's tables name for these directives; tried with nginx 1.22."

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named(*sorted(document.keys & CHECKED)):
            entries = meant(statement, engine.catalogue)
            if not entries or any(entry.owner.startswith('ngx_rtmp') for entry in entries):
                continue
            if statement.contexts <= {'upstream', 'stream-upstream'} and statement.key in SLOTS:
                continue
            found = _fault(statement)
            if found is None:
                continue
            index, usage = found
            word = statement.name if index < 0 else statement.arguments[index]
            yield self.report(
                document,
                word.span,
                name=statement.name.text,
                complaint=(
                    'lacks a word' if index < 0 else f'does not take {shortened(word.text)!r}'
                ),
                usage=usage,
            )


SLOTS = frozenset({'keepalive_timeout'})  # in upstream a plain time


def _fault(statement: Statement) -> tuple[int, str] | None:
    words = [word.text for word in statement.arguments]
    alone = ALONE.get(statement.key)
    if alone is not None and len(words) == 1:
        return None if words[0] in alone else (0, f'{" or ".join(alone)}, or several words')
    only = ONLY.get(statement.key)
    if len(words) > 1 and words[0] == only:
        return 1, f'{only} on its own'
    form = (TWO if len(words) == 2 else FORMS).get(statement.key, FORMS.get(statement.key))
    index = form.fault(words) if form else None
    return None if form is None or index is None else (index, form.usage)
