"""APA242: words, each of them right, that Apache does not take together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.combinations import CHECKS
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.syntax import Document, Statement


class WordsTogether(ValueRule):
    """Some words are right alone and wrong beside another, or in the section where they stand."""

    code = 'APA242'
    name = 'words-together'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = CHECKS
    bad = (
        Example('apache', 'MDPrivateKeys Default secp256r1\n'),
        Example('apache', '<VirtualHost *:443>\n    H2PushPriority * 32 16\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:443>\n    H2PushPriority text/css 0\n</VirtualHost>\n'),
        Example(
            'apache',
            '<Location /v2>\n    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Location>\n',
        ),
        Example('apache', 'ProxyHCExpr ok "%{REQUEST_STATUS} == \'200\'" # healthy\n'),
        Example('apache', 'ProxyHCExpr ok {%{REQUEST_STATUS} =~ /^2/} and up\n'),
        Example('apache', 'SSLRandomSeed startup builtin 512\n'),
        Example('apache', 'MDPrivateKeys rsa1024\n'),
        Example('apache', '<Macro Host $name $name>\n    ServerName $name\n</Macro>\n'),
        Example('apache', '<Directory /srv>\n    AllowOverrideList Redirect None\n</Directory>\n'),
        Example('apache', 'RequestReadTimeout header=20-10,MinRate=500\n'),
        Example('apache', 'MDPrivateKeys RSA 4096 RSA 2048\n'),
        Example('apache', 'ProxyErrorOverride Off 404\n'),
        Example('apache', 'ForceLanguagePriority Prefer None\n'),
        Example('apache', 'IndexOptions None FancyIndexing\n'),
        Example('apache', 'Mutex none ssl-cache\n'),
        Example('apache', 'Mutex default ssl_cache\n'),
        Example('apache', 'ExtFilterDefine gzip cmd="/bin/gzip -9" onfail=remove\n'),
        Example('apache', '<Location /v2>\n    <Limit TRACE>\n    </Limit>\n</Location>\n'),
    )
    good = (
        Example('apache', 'MDPrivateKeys RSA 3072 secp256r1\n'),
        Example('apache', '<VirtualHost *:443>\n    H2PushPriority * 32\n</VirtualHost>\n'),
        Example(
            'apache',
            '<VirtualHost *:443>\n    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n'
            '</VirtualHost>\n',
        ),
        Example('apache', '<Location /v2>\n    SSLCipherSuite HIGH\n</Location>\n'),
        Example('apache', 'ProxyHCExpr ok "%{REQUEST_STATUS} == \'200\'"\n'),
        Example('apache', 'ProxyHCExpr ok { %{REQUEST_STATUS} =~ /^2/ }\n'),
        Example('apache', 'IndexOptions FancyIndexing None +XHTML IconHeight\n'),
        Example('apache', 'Mutex sysvsem default OmitPID\n'),
        Example('apache', 'ExtFilterDefine gzip mode=output cmd="/bin/gzip -9" ftype=20\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives: "\'Default\' allows no other parameter", "TLSv1.3 '
        'ciphers cannot be set inside a directory context", "extra parameter(s)", "byte '
        'specification not allowed for builtin seed source"; each measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        if '' in [word.text for word in statement.arguments]:
            return ()  # an empty word may end the line
        return CHECKS[statement.key](statement)
