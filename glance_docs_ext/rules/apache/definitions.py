"""What a document adds to the providers that Apache knows, and from which offset on it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document, Statement

AUTHENTICATES = frozenset(('authn', 'authnz'))
AUTHORIZES = frozenset(('authz', 'authnz'))
EVERYWHERE = -1


def requirements_defined(document: Document) -> dict[str, int]:
    """Return the kinds that a document adds: by a section, a script of Lua, a FastCGI server, Perl.

    With each goes the offset from which on it is known.
    """
    by_lua = {
        word.text: EVERYWHERE  # nobody was asked: `apache2 -t` would run the script
        for statement, _scope in document.named('luaauthzprovider')
        for word in statement.arguments[:1]
    }
    by_server = {
        statement.arguments[1].text: statement.name.start
        for statement, _scope in document.named('authnzfcgidefineprovider')
        if len(statement.arguments) > 1 and statement.arguments[0].text.lower() in AUTHORIZES
    }
    by_perl = _by_perl(document, 'perladdauthzprovider')
    return {**by_lua, **by_server, **by_perl, **_aliased(document, '<authzprovideralias')}


def providers_defined(document: Document) -> dict[str, int]:
    """Return who may check a password: by a section, a FastCGI server, or Perl."""
    by_server = {
        statement.arguments[1].text: statement.name.start
        for statement, _scope in document.named('authnzfcgidefineprovider')
        if len(statement.arguments) > 1 and statement.arguments[0].text.lower() in AUTHENTICATES
    }
    by_perl = _by_perl(document, 'perladdauthnprovider')
    return {**_aliased(document, '<authnprovideralias'), **by_server, **by_perl}


def is_taken(statement: Statement, document: Document, known: tuple[str, ...]) -> bool:
    """Whether a section gives a provider the name of another one that is known before it."""
    if statement.key != '<authnprovideralias' or len(statement.arguments) < 2:
        return False
    base, name = (word.text for word in statement.arguments[:2])
    begin = statement.name.start
    aliases = document.once(providers_defined)
    return base != name and (name in known or aliases.get(name, begin) < begin)


def _by_perl(document: Document, key: str) -> dict[str, int]:
    """Return the names that ``PerlAddAuthzProvider NAME HANDLER`` and its like give."""
    return {
        word.text: statement.name.start
        for statement, _scope in document.named(key)
        for word in statement.arguments[:1]
    }


def _aliased(document: Document, key: str) -> dict[str, int]:
    """Return the names that sections such as ``<AuthnProviderAlias provider NAME>`` define.

    With each goes the offset of its section: what stands before that does not know the name.
    """
    found: dict[str, int] = {}
    for section, _scope in document.named(key):
        for word in section.arguments[1:2]:
            found.setdefault(word.text, section.name.start)
    return found
