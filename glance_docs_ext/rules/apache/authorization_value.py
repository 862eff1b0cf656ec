"""APA208: a requirement that Apache does not know or cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.addresses import is_network
from glance_docs_ext.rules.apache.requirements import ALL, KINDS, METHODS
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, aliased, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

PLAIN = frozenset(('all granted', 'all denied', 'valid-user'))  # what most of them say
AUTHORIZES = frozenset(('authz', 'authnz'))
DEFINING = ('<authzprovideralias', 'authnzfcgidefineprovider', 'luaauthzprovider')
"""The kinds of provider by which ``AuthnzFcgiDefineProvider`` adds one for ``Require``."""


class AuthorizationValue(ValueRule):
    """``Require`` names a kind of requirement, which takes the rest of the line apart itself.

    The kinds come from modules. Those of the modules of Apache, and of the modules for federation
    that Debian packages, are known here, and so are those that the text defines itself.
    """

    code = 'APA208'
    name = 'authorization-value'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('require',)
    bad = (
        Example('apache', '<Directory /srv/www>\n    Require all grant\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Require valid-users\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Require ip 192.0.2.300\n</Directory>\n'),
    )
    good = (
        Example('apache', '<Directory /srv/www>\n    Require all granted\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Require valid-user\n</Directory>\n'),
        Example(
            'apache',
            '<Directory /srv/www>\n    Require ip 192.0.2.0/24 2001:db8::/32\n</Directory>\n',
        ),
        Example(
            'apache',
            '<AuthzProviderAlias ldap-group admins cn=admins,o=glance>\n</AuthzProviderAlias>\n'
            '<Directory /srv/www>\n    Require admins\n</Directory>\n',
        ),
        Example(
            'apache',
            'AuthnzFcgiDefineProvider authz of-glance fcgi://127.0.0.1:10102/\n'
            '<Directory /srv/www>\n    Require of-glance\n</Directory>\n',
        ),
        Example(
            'apache',
            'LuaAuthzProvider of-glance /srv/glance/authz.lua check\n'
            '<Directory /srv/www>\n    Require of-glance\n</Directory>\n',
        ),
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n    Require all granted\n    Require not '
            'method POST\n    </RequireAll>\n</Directory>\n',
        ),
    )
    exceptions = 'A module of a third party may know a kind that is not listed here.'
    source = (
        'mod_authz_core.c: "Unknown Authz provider"; mod_authz_host.c: "ip address \'x\' appears '
        'to be invalid"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        if statement.rest.text in PLAIN:
            return ()
        return _faults(statement, document.once(_defined))


def _defined(document: Document) -> frozenset[str]:
    """Return the kinds that a document adds: by a section, a script of Lua, a FastCGI server."""
    by_lua = {
        word.text
        for statement, _scope in document.named('luaauthzprovider')
        for word in statement.arguments[:1]
    }
    by_server = {
        statement.arguments[1].text
        for statement, _scope in document.named('authnzfcgidefineprovider')
        if len(statement.arguments) > 1 and statement.arguments[0].text.lower() in AUTHORIZES
    }
    return aliased(document, '<authzprovideralias') | by_lua | by_server


def _faults(statement: Statement, defined: frozenset[str]) -> Iterator[Fault]:
    words = statement.arguments
    words = words[1:] if words and words[0].text == 'not' else words
    if not words or not words[0].text:
        yield Fault(statement.name.span, 'it names no requirement', 'write "all granted", say')
        return
    kind, values = words[0], words[1:]
    if kind.text in defined:
        return
    if kind.text not in ALL:
        remedy = (
            f'write {kind.text.lower()}' if kind.text.lower() in KINDS else 'check its spelling'
        )
        yield Fault(kind.span, f'there is no requirement {shortened(kind.text)!r}', remedy)
    elif kind.text == 'all':
        raw = statement.rest.text.split()[-1].lower()
        if len(values) != 1 or raw not in {'granted', 'denied'}:
            place = values[-1] if values else kind
            comment = any(closing_comment(word) for word in values)
            remedy = COMMENT if comment else 'write "all granted" or "all denied"'
            yield Fault(place.span, '"all" wants "granted" or "denied", and nothing else', remedy)
    elif kind.text == 'method':
        for word in values:
            if word.text not in METHODS:
                yield Fault(
                    word.span, f'there is no method {shortened(word.text)!r}', 'write GET POST'
                )
                break
    elif kind.text in {'ssl', 'ssl-verify-client'} and values:
        yield Fault(values[0].span, f'{kind.text} takes no arguments', 'take them away')
    elif kind.text == 'ip':
        yield from _addresses(kind, values)


def _addresses(kind: Word, values: tuple[Word, ...]) -> Iterator[Fault]:
    if not values:
        yield Fault(kind.span, 'the address is missing', 'write an address or a network')
    for word in values:
        if not is_network(word.text):
            what = f'{shortened(word.text)!r} is no address and no network'
            remedy = (
                COMMENT if closing_comment(word) else 'write 192.0.2.1, 192.0.2.0/24 or 192.0.2'
            )
            yield Fault(word.span, what, remedy)
            break
