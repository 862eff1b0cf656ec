"""Modules that a text loads and that the catalogue does not hold: they bring names of their own."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from glance_docs_ext.syntax import Document, Statement

AFFIXES = re.compile(r'\A(?:lib)?(?:mod_)?|(?:-[0-9.]+)?(?:_module|\.(?:c|cpp|so))\Z')
# PHP names its module after its version; one of the others is part of each Apache.
ALWAYS = re.compile(r'php[0-9.]*|mpm\w*')
# What came with an Apache before 2.4, or comes with that of another system: an Apache that has them
# knows none of the names that the catalogue does not hold, but for a few of their own.
FORMER = frozenset(
    (
        *('access', 'auth', 'auth_anon', 'auth_db', 'auth_dbm', 'auth_ldap', 'authn_alias'),
        *('authn_default', 'authz_default', 'disk_cache', 'example', 'imap', 'isapi', 'log_agent'),
        *('log_referer', 'mem_cache', 'mmap_static', 'netware', 'win32'),
    )
)


def stem(name: str) -> str:
    """Return what all names of a module share: ``ssl`` of ``mod_ssl.so`` and ``ssl_module``."""
    return AFFIXES.sub('', name.lower())


def brings_names(document: Document, known: Collection[str]) -> bool:
    """Whether a text loads a module that is none of ``known``, given by their stems.

    ``PerlLoadModule`` does so for a module of Perl, each of which may define directives.
    """
    if 'perlloadmodule' in document.keys:
        return True
    for statement, _scope in document.named('loadmodule'):
        if len(statement.arguments) > 1 and not _is_known(statement, known):
            return True
    return False


def _is_known(statement: Statement, known: Collection[str]) -> bool:
    symbol, file = (word.text for word in statement.arguments[:2])
    stems = (stem(symbol), stem(PurePosixPath(file.replace('\\', '/')).name))
    return any(one in known or one in FORMER or ALWAYS.fullmatch(one) for one in stems)
