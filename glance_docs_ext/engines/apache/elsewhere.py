"""The directives that neither Apache has nor a package of Debian: of other modules, or gone."""

from __future__ import annotations

import re
from typing import Final

from glance_docs_ext.engines.apache import former

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
FAMILY: Final = re.compile('|'.join(map(re.escape, FAMILIES)))
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


def module_of(key: str) -> str:
    """Return the module that a name is known to belong to, '' where it is not known."""
    if key in NAMES:
        return NAMES[key]
    family = FAMILY.match(key)
    return FAMILIES[family[0]] if family else ''


def remedy(key: str) -> str:
    """Return what to do about a directive that Apache does not know, '' where nobody knows it."""
    owner = module_of(key)
    return f'it belongs to {owner}: an Apache with that takes it' if owner else former.remedy(key)
