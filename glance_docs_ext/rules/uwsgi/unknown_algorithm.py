"""UWS217: a digest or cipher that OpenSSL does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.algorithms import CIPHERS, DIGESTS
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, kind, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

DIGEST = 'uwsgi_opt_scd'
OID = re.compile(r'[0-2](?:\.[0-9]+)+')  # OpenSSL takes the number of an algorithm as well
KINDS = frozenset({DIGEST, 'uwsgi_opt_legion', 'uwsgi_opt_legion_mcast'})


class UnknownAlgorithm(StatementRule):
    """Subscriptions are signed with a digest, and legions encrypt with a cipher, by their names.

    uWSGI asks OpenSSL for the name when it reads the option, and refuses to start with another one.
    """

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS217'
    name = 'unknown-algorithm'
    severity = Severity.ERROR
    message = 'OpenSSL knows no {what} {name!r}'
    help = 'write a name as in {example}'
    bad = (
        Example('uwsgi', '[uwsgi]\nsubscriptions-sign-check = sha257:/etc/uwsgi/keys\n'),
        Example('uwsgi', '[uwsgi]\nlegion = images 225.1.1.1:4242 90 aes:secret\n'),
        Example('uwsgi', '[uwsgi]\nsubscriptions-sign-check = 10.0.0.1:4040:/etc/uwsgi/keys\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nsubscriptions-sign-check = SHA256:/etc/uwsgi/keys\n'),
        Example('uwsgi', '[uwsgi]\nlegion = images 225.1.1.1:4242 90 bf-cbc:secret\n'),
    )
    exceptions = 'uWSGI is built with another OpenSSL than 3, or with an engine of its own.'
    source = (
        'core/uwsgi.c, uwsgi_opt_scd(); core/legion.c, uwsgi_legion_register(). Measured with '
        'uWSGI 2.0.21: "unable to find digest algorithm: sha257", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        word = value(statement)
        is_digest = kind(statement, engine) == DIGEST
        named = word.text if is_digest else (*word.text.split(' ', 3), '', '', '')[3]
        before, colon, _ = named.partition(':')
        known = DIGESTS if is_digest else CIPHERS
        if not colon or not is_known(word) or before.lower() in known or OID.fullmatch(before):
            return
        start = word.start + len(word.text) - len(named)
        yield self.report(
            document,
            Span(start, start + max(1, len(before))),
            what='digest' if is_digest else 'cipher',
            name=shortened(before),
            example='sha256:FOLDER' if is_digest else 'bf-cbc:SECRET',
        )
