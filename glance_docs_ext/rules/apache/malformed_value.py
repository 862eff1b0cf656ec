"""APA205: a value that has not the form that a directive reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.arguments import handed_on
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.apache.forms import FORMS
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


# A module may bring a cache of its own for them.
CACHES = frozenset(('authncachesocache', 'cachesocache', 'sslsessioncache', 'sslstaplingcache'))


class MalformedValue(StatementRule):
    """Apache refuses a value that does not start as the number, size or time that it expects.

    Units differ: ``KeepAliveTimeout`` takes ``5s`` and ``100ms``, ``LimitRequestBody`` takes bytes
    alone. What Apache cuts off without a word is not reported here.
    """

    code = 'APA205'
    name = 'malformed-value'
    severity = Severity.ERROR
    message = '{name} does not take {what}: expected {form}'
    help = '{remedy}'
    engines = ('apache',)
    names = FORMS
    bad = (
        Example('apache', 'KeepAliveTimeout forever\n'),
        Example('apache', '<VirtualHost *:80>\n    LimitRequestBody 10M\n</VirtualHost>\n'),
        Example('apache', 'User root\n'),
        Example('apache', '<Location /v2>\n    AuthLDAPDereferenceAliases Always\n</Location>\n'),
        Example('apache', '<Location /v2>\n    CookieDomain .localhost\n</Location>\n'),
        Example('apache', 'MDCertificateAuthority acme-v02.api.letsencrypt.org\n'),
        Example('apache', 'AddIcon (TXT, /icons/text.gif) .txt\n'),
        Example('apache', 'Substitute "s|http://(.*|https://$1|"\n'),
        Example('apache', 'Substitute s/old/new/g\n'),
        Example('apache', 'ProxyHCTemplate tcp hcmethod=PING\n'),
        Example('apache', 'SSLOpenSSLConfCmd Curve X25519\n'),
        Example('apache', 'VirtualDocumentRoot /srv/%1.%p\n'),
        Example('apache', 'ProxySourceAddress 192.0.2.1:80\n'),
        Example('apache', '<Location /v2>\n    LogMessage seen hook=error_log\n</Location>\n'),
    )
    good = (
        Example('apache', 'KeepAliveTimeout 5s\n'),
        Example('apache', '<VirtualHost *:80>\n    LimitRequestBody 10485760\n</VirtualHost>\n'),
        Example('apache', 'AllowCONNECT 443 "" ports\n'),
        Example('apache', 'Substitute "s|http://(|https://(|n"\n'),
        Example('apache', 'VirtualDocumentRoot /srv/%1.2.%p\n'),
        Example('apache', 'ProxySourceAddress 2001:db8::1\n'),
        Example('apache', 'SSLCipherSuite HIGH ""\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives, each tried with 30 values; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if _malformed(statement.key, statement.arguments) is None:
            return ()  # as nearly all
        if statement.key in CACHES and document.once(engine.brings_names):
            return ()
        malformed = _malformed(statement.key, handed_on(statement, engine.catalogue))
        if malformed is None:
            return ()
        word, expected = malformed
        found = self.report(
            document,
            word.span,
            name=statement.name.text,
            what=repr(shortened(word.text)),
            form=expected,
            remedy=f'write {expected}',
        )
        return (found,)


def _malformed(key: str, words: tuple[Word, ...]) -> tuple[Word, str] | None:
    """Return the first argument that has not the form it needs, and that form in words."""
    for form in FORMS[key]:
        for word in form.words(words):
            if not form.accepts(word.text) and word.text and is_known(word):
                return word, form.expected
    return None
