"""APA236: a directive that counts its own words, with too few or too many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.syntax import Document, Statement

# To these an empty word is a word.
COOKIES = frozenset(
    {'sessioncookiename', 'sessioncookiename2', 'sessiondbdcookiename', 'sessiondbdcookiename2'}
)
# An empty name is one to them.
EMPTY = COOKIES | {'mdomain', '<mdomain', '<mdomainset'}
# The fewest words, and what they are.
LEAST: dict[str, tuple[int, str]] = {
    **dict.fromkeys(sorted(COOKIES), (1, 'the name of the cookie')),
    **dict.fromkeys(
        ('sslcarevocationcheck', 'sslocspenable', 'sslproxycarevocationcheck'),
        (1, 'what to do'),
    ),
    **dict.fromkeys(
        ('wsgiaccessscript', 'wsgiauthgroupscript', 'wsgiauthuserscript', 'wsgidispatchscript'),
        (1, 'the script'),
    ),
    '<authnprovideralias': (2, 'a provider and a name for it'),
    '<authzprovideralias': (2, 'a provider and a name for it'),
    '<mdomain': (1, 'the name of the domain'),
    '<mdomainset': (1, 'the name of the domain'),
    'addoutputfilterbytype': (2, 'filters and a type'),
    'allowmethods': (1, 'a method'),
    'authnzfcgidefineprovider': (3, 'a kind, a name and an address'),
    'mdomain': (1, 'the name of the domain'),
    'mutex': (1, 'a mechanism'),
    'proxyhcexpr': (2, 'a name and an expression'),
    'proxyhctemplate': (1, 'a name for the template'),
    'remoteipproxyprotocolexceptions': (1, 'an address'),
    'setenvifexpr': (2, 'an expression and a variable'),
    'use': (1, 'the name of a macro'),
    'userdir': (1, 'the name of a folder'),
    'wsgihandlerscript': (2, 'a name and a script'),
}


class MissingWords(ValueRule):
    """Some directives take their line apart themselves, and say so where a part is missing."""

    code = 'APA236'
    name = 'missing-words'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = LEAST
    bad = (
        Example('apache', '<Location /v2>\n    AllowMethods\n</Location>\n'),
        Example('apache', 'WSGIHandlerScript glance\n'),
        Example('apache', 'ProxyHCExpr ok\n'),
        Example('apache', '<Macro Host>\n</Macro>\nUse\n'),
        Example('apache', 'AddOutputFilterByType DEFLATE ""\n', 'directory'),
    )
    good = (
        Example('apache', '<Location /v2>\n    AllowMethods GET HEAD\n</Location>\n'),
        Example('apache', 'WSGIHandlerScript glance /srv/glance.wsgi\n'),
        Example('apache', "ProxyHCExpr ok {%{REQUEST_STATUS} == '200'}\n"),
        Example('apache', '<MDomain "">\n</MDomain>\n'),
        Example('apache', 'AddOutputFilterByType "" text/html\n', 'directory'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'The functions of the directives: "AllowMethods: No method or \'reset\' keyword given", '
        '"UserDir requires an argument"; each measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        least, meant = LEAST[statement.key]
        if _given(statement) >= least:
            return ()
        return (Fault(statement.name.span, f'it wants {meant}', 'write what is missing'),)


def _given(statement: Statement) -> int:
    """Return how many words the engine finds: to most an empty one is the end of the line."""
    words = [word.text for word in statement.arguments]
    if statement.key in EMPTY:
        return len(words)
    if statement.key == 'addoutputfilterbytype':  # it asks whether anything is left, twice
        return len(words) - (words[1:] == [''])
    return words.index('') if '' in words else len(words)
