"""NGX206: a word that has another form than the directive reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.forms import FORMS, ONE, ONLY, form_of
from glance_docs_ext.engines.nginx.values import meant
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.unexpanded import unexpanded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement
    from glance_docs_ext.versions import Version

CHECKED = frozenset({*FORMS, *ONE})


class FormOfValue(StatementRule):
    """Many directives read their words by themselves: ``max=10``, ``zone=one:10m``, ``10r/s``.

    nginx refuses what has another form, and says little more than "invalid parameter".
    """

    code = 'NGX206'
    name = 'form-of-value'
    severity = Severity.ERROR
    message = '{name} {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = CHECKED
    bad = (
        Example('nginx', 'location / {\n    expires 10min;\n}\n'),
        Example('nginx', 'limit_req_zone $binary_remote_addr zone=one:10m rate=1s;\n'),
        Example('nginx', 'location / {\n    allow 10.0.0.0/33;\n}\n'),
        Example('nginx', 'worker_processes many;\n'),
        Example(
            'nginx', 'upstream glance {\n    zone glance 1g;\n    server 127.0.0.1:60999;\n}\n'
        ),
        Example('nginx', 'location / {\n    proxy_redirect on;\n}\n'),
        Example('nginx', 'location / {\n    expires epoch 10m;\n}\n'),
        Example('nginx', 'location / {\n    access_log off buffer=4k;\n}\n'),
        Example('nginx', 'resolver 127.0.0.1 ipv4=off;\n', version='1.22.1'),
        Example('nginx', 'allow 10.0.0.0/33;\nlocation / {\n    root /srv;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    expires 10m;\n}\n'),
        Example('nginx', 'location / {\n    expires modified -10m;\n}\n'),
        Example('nginx', 'limit_req_zone $binary_remote_addr zone=one:10m rate=1r/s;\n'),
        Example('nginx', 'worker_processes auto;\n'),
        Example('nginx', 'resolver 127.0.0.1 ipv4=off;\n'),
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999;\n    keepalive 0;\n}\n'),
    )
    exceptions = 'A later version may know more forms.'
    source = "The functions that nginx's tables name for these directives; tried with nginx 1.22."

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        found = _fault(statement)
        if found is None and engine.version is not None:
            found = _too_new(statement, engine.version)
        if found is None or not _is_judged(statement, engine):
            return ()
        index, usage = found
        word = statement.name if index < 0 else statement.arguments[index]
        complaint = 'lacks a word' if index < 0 else f'does not take {shortened(word.text)!r}'
        remedy = unexpanded(word.text, f'it takes {usage}')
        name = statement.name.text
        return [self.report(document, word.span, name=name, complaint=complaint, remedy=remedy)]


SLOTS = frozenset({'keepalive_timeout'})  # in upstream a plain time
NO_KEEPALIVE_SINCE = '1.29.7'  # it is on without a word, and 0 switches it off
UPSTREAMS = frozenset({'upstream', 'stream-upstream'})


def _is_judged(statement: Statement, engine: Engine) -> bool:
    """Whether it is known that the directive is meant which has the form."""
    if statement.contexts <= UPSTREAMS and statement.key in SLOTS:
        return False
    if statement.key == 'keepalive' and statement.arguments[0].text == '0':
        return engine.version is not None and engine.version.is_before(NO_KEEPALIVE_SINCE)
    entries = meant(statement, engine.catalogue)
    return bool(entries) and not any(entry.owner.startswith('ngx_rtmp') for entry in entries)


def _too_new(statement: Statement, version: Version) -> tuple[int, str] | None:
    """Return the first word that the version which is deployed does not know."""
    start, since = NEWER.get(statement.key, ('', ''))
    if not start or not version.is_before(since):
        return None
    words = (index for index, one in enumerate(statement.arguments) if one.text.startswith(start))
    index = next(words, None)
    return None if index is None else (index, f'{start} since nginx {since}')


NEWER = {'resolver': ('ipv4=', '1.23.1')}
"""How words begin that nginx took for a host before a version."""


def _fault(statement: Statement) -> tuple[int, str] | None:
    key, words = statement.key, statement.arguments
    if key in ONLY and len(words) > 1 and words[0].text == ONLY[key]:
        return 1, f'{ONLY[key]} on its own'
    form = form_of(key, len(words))
    if form is None:
        return None
    index = form.fault([word.text for word in words])
    return None if index is None else (index, form.usage)
