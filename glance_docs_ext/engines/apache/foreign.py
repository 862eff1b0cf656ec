"""Directives of modules that the catalogue does not hold: known by their names, or by their kin.

Apache knows no directive but those of its modules, and anybody may write one. So a name that nobody
here has heard of is a misspelling, or a module's; what two such names have in common tells which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from glance_docs_ext.spelling import SUGGESTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document

CLUSTER: Final = 'mod_proxy_cluster'
# All names of these modules begin so.
FAMILIES: Final = {
    'addradius': 'mod_auth_radius',
    'advertise': CLUSTER,
    'auth_mysql': 'mod_auth_mysql',
    'auth_pg_': 'mod_auth_pgsql',
    'authradius': 'mod_auth_radius',
    'authvas': 'mod_auth_vas',
    'cloudflare': 'mod_cloudflare',
    'cosign': 'mod_cosign',
    'dispatcher': 'the dispatcher of AEM',
    'gnutls': 'mod_gnutls',
    'krb': 'mod_auth_kerb',
    'lsapi': 'mod_lsapi',
    'maxminddb': 'mod_maxminddb',
    'modpagespeed': 'mod_pagespeed',
    'nss': 'mod_nss',
    'ntlm': 'mod_authn_ntlm',
    'secfilter': 'mod_security 1',
    'sspi': 'mod_auth_sspi',
    'suphp': 'mod_suphp',
    'weblogic': 'the plug-in of WebLogic',
}
NAMES: Final = {
    **dict.fromkeys(('enablemcmpreceive', 'enablemcpmreceive', 'enablewstunnel'), CLUSTER),
    **dict.fromkeys(('managerbalancername', 'memmanagerfile', 'persistslots'), CLUSTER),
    **dict.fromkeys(('serveradvertise', 'wsupgradeheader'), CLUSTER),
    **dict.fromkeys(('fastcgiconfig', 'fastcgiexternalserver', 'fastcgiipcdir'), 'mod_fastcgi'),
    **dict.fromkeys(('fastcgiserver', 'fastcgisuexec'), 'mod_fastcgi'),
    **dict.fromkeys(('rdefaultuidgid', 'rdocumentchroot', 'rgroups', 'rmode'), 'mod_ruid2'),
    **dict.fromkeys(('rminuidgid', 'ruidgid'), 'mod_ruid2'),
    'webspherepluginconfig': 'the plug-in of WebSphere',
}
UNHEARD: Final = 'a module that is not known here'

NAME = re.compile(r'[A-Za-z][A-Za-z0-9_]{3,79}', re.ASCII)
HUMP = re.compile(r'(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+)[0-9]*')  # what a name begins with: "Krb5"
SHORTEST = 3  # letters of a beginning that says anything


def module_of(key: str) -> str:
    """Return the module that a name is known to belong to, '' where it is not known."""
    if key in NAMES:
        return NAMES[key]
    return next((owner for start, owner in FAMILIES.items() if key.startswith(start)), '')


def foreign(document: Document, catalogue: Catalogue) -> Mapping[str, str]:
    """Return the keys in a text that are names of such modules, each with whose it is.

    A module is seen in a text by two names or more that begin alike, as no name of the catalogue
    does, and are for the most part no misspellings of names that it holds.
    """
    unknown = sorted(key for key in document.keys if key[:1] != '<' and key not in catalogue)
    found = {key: owner for key in unknown if (owner := module_of(key))}
    seen = _families(document, (key for key in unknown if key not in found), catalogue)
    return found | dict.fromkeys(seen, UNHEARD)


def _families(document: Document, keys: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    families: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        (statement, _scope), *_ = document.named(key)
        beginning = _beginning(statement.name.text)
        if len(beginning) >= SHORTEST and beginning not in _beginnings(catalogue):
            families[beginning].append(key)
    left = SUGGESTED
    for family in families.values():
        if len(family) > 1:
            asked = family[: max(left, 0)]
            left -= len(asked)
            if 2 * sum(catalogue.suggestions(key) != () for key in asked) < len(asked):
                yield from family


def _beginning(name: str) -> str:
    """Return what a name of several words begins with, in small letters; '' for no such name."""
    found = HUMP.match(name) if NAME.fullmatch(name) else None
    return found[0].lower() if found and found.end() < len(name) else ''


@cache
def _beginnings(catalogue: Catalogue) -> frozenset[str]:
    names = (entries[0].name for entries in catalogue.entries.values())
    return frozenset(map(_beginning, names))
