"""APA235: a name that is no provider of anything."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.definitions import is_taken, providers_defined
from glance_docs_ext.rules.apache.slips import is_slip
from glance_docs_ext.rules.apache.values import (
    COMMENT,
    Fault,
    ValueRule,
    choices,
    closing_comment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

PASSWORDS = ('file', 'ldap', 'dbd', 'dbm', 'anon', 'socache')
FILTERS = ('DEFLATE', 'INCLUDES', 'SUBSTITUTE', 'BROTLI_COMPRESS')
OF = {
    'authbasicprovider': PASSWORDS,
    'authdigestprovider': ('file', 'dbd', 'dbm', 'socache'),
    'authformprovider': PASSWORDS,
    '<authnprovideralias': PASSWORDS,
    'addoutputfilterbytype': FILTERS,
    'dav': ('On', 'Off', 'filesystem'),
    'filterprovider': FILTERS,
}
NAME = re.compile(r'[A-Za-z][\w.:+-]*')
# What is meant for another directive.
NEVER = frozenset(
    (
        *('all', 'always', 'any', 'a', 'combined', 'default', 'denied', 'false', 'granted', 'no'),
        *('none', 'off', 'on', 'true', 'valid-user', 'yes'),
    )
)
# What they can do without, and so refuse: no digest without the clear password.
WITHOUT_DIGEST = frozenset(('ldap', 'anon'))


class ProviderName(ValueRule):
    """Who checks a password, filters a page or keeps a file is named by its provider.

    Modules of third parties and ``<AuthnProviderAlias>`` may add to them, maybe in another file, so
    only what can be no name of one is reported: another value, a path, a known name in the wrong
    case, or with a letter missing, doubled, exchanged or at the place of its neighbour.
    """

    code = 'APA235'
    name = 'provider-name'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = OF
    bad = (
        Example('apache', '<Location /v2>\n    AuthBasicProvider LDAP\n</Location>\n'),
        Example('apache', '<Location /v2>\n    AuthBasicProvider /etc/passwords\n</Location>\n'),
        Example('apache', '<Location /v2>\n    AuthDigestProvider ldap\n</Location>\n'),
        Example('apache', '<Location /v2>\n    Dav Yes\n</Location>\n'),
        Example('apache', '<Location /v2>\n    Dav filesystems\n</Location>\n'),
        Example('apache', '<Location /v2>\n    AuthBasicProvider fiel\n</Location>\n'),
    )
    good = (
        Example('apache', '<Location /v2>\n    AuthBasicProvider ldap file\n</Location>\n'),
        Example(
            'apache',
            '<AuthnProviderAlias ldap ldap-of-glance>\n    AuthLDAPURL ldap://127.0.0.1/o=glance\n'
            '</AuthnProviderAlias>\n<Location /v2>\n    AuthBasicProvider ldap-of-glance\n'
            '</Location>\n',
        ),
        Example('apache', '<Location /v2>\n    AuthDigestProvider file\n</Location>\n'),
        Example('apache', '<Location /v2>\n    Dav On\n</Location>\n'),
    )
    exceptions = 'None: there is no such provider.'
    source = (
        'mod_auth_basic.c: "Unknown Authn provider", mod_auth_digest.c: "doesn\'t support Digest '
        'Authentication", mod_dav.c: "Unknown DAV provider", mod_filter.c: "Unknown filter '
        'provider"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement, document)


def _faults(statement: Statement, document: Document) -> Iterator[Fault]:
    key, known = statement.key, OF[statement.key]
    if is_taken(statement, document, PASSWORDS):
        name = statement.arguments[1]
        what = f'there is a provider {shortened(name.text)!r} already'
        yield Fault(name.span, what, 'give it another name')
        return
    for word in _names(statement):
        if word.text in known:
            continue  # as nearly all
        if key == 'authdigestprovider' and word.text in WITHOUT_DIGEST:
            what = f'{word.text} can check no digest: it does not know the password'
            yield Fault(word.span, what, f'write {choices(known)}')
            return
        begin = document.once(providers_defined).get(word.text)
        late = begin is not None and begin > word.start
        if late or (begin is None and not _is_possible(key, word.text, known)):
            what = f'there is no provider {shortened(word.text)!r}' + (' yet' if late else '')
            remedy = COMMENT if closing_comment(word) else f'write {choices(known)}'
            remedy = 'define it before this line' if late else remedy
            yield Fault(word.span, what, remedy)
            return


def _names(statement: Statement) -> Iterator[Word]:
    words = statement.arguments
    match statement.key:
        case 'filterprovider' if len(words) == 3:
            yield words[1]
        case 'addoutputfilterbytype' if len(words) > 1:
            for name in words[0].text.split(';'):
                yield words[0]._replace(text=name)
        case '<authnprovideralias' if len(words) > 1:
            yield words[0]
        case 'dav':
            yield from words[:1]
        case 'authbasicprovider' | 'authdigestprovider' | 'authformprovider':
            yield from takewhile(lambda word: word.text, words)  # an empty one ends the line


def _is_possible(key: str, name: str, known: tuple[str, ...]) -> bool:
    folded = name.lower()
    if key in {'dav', 'filterprovider', 'addoutputfilterbytype'} and folded in {
        word.lower() for word in known if word != 'filesystem'
    }:
        return True  # these look at names in either case
    if not name:
        return True
    if is_slip(folded, map(str.lower, known)):
        return False
    if key == 'dav':  # there is no section that gives it another name
        plausible = re.fullmatch('[a-z][a-z0-9_-]{2,}', name) is not None and name not in NEVER
        return plausible and not name.startswith('file')
    never = NEVER.union(map(str.lower, known))
    return NAME.fullmatch(name) is not None and folded not in never
