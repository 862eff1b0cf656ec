"""The modules of Apache as Debian and Ubuntu package them: what is on, what ``a2enmod`` adds.

Source: the package apache2 2.4.71-1~deb12u1: ``LoadModule`` and ``# Depends:`` in the files of
/etc/apache2/mods-available, ``enable_default_modules`` in its postinst. Modules of other packages
(wsgi, shib) are switched on by those packages and are not listed.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MODULES = (
    'access_compat actions alias allowmethods asis auth_basic auth_digest auth_form '
    'authn_anon authn_core authn_dbd authn_dbm authn_file authn_socache authnz_fcgi '
    'authnz_ldap authz_core authz_dbd authz_dbm authz_groupfile authz_host authz_owner '
    'authz_user autoindex brotli buffer cache cache_disk cache_socache cern_meta cgi cgid '
    'charset_lite data dav dav_fs dav_lock dbd deflate dialup dir dump_io echo env '
    'expires ext_filter file_cache filter headers heartbeat heartmonitor http2 ident '
    'imagemap include info lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic '
    'lbmethod_heartbeat ldap log_debug log_forensic lua macro md mime mime_magic '
    'negotiation proxy proxy_ajp proxy_balancer proxy_connect proxy_express proxy_fcgi '
    'proxy_fdpass proxy_ftp proxy_hcheck proxy_html proxy_http proxy_http2 proxy_scgi '
    'proxy_uwsgi proxy_wstunnel ratelimit reflector remoteip reqtimeout request rewrite '
    'sed session session_cookie session_crypto session_dbd setenvif slotmem_plain '
    'slotmem_shm socache_dbm socache_memcache socache_redis socache_shmcb speling ssl '
    'status substitute suexec unique_id userdir usertrack vhost_alias xml2enc'
)
MODULES = frozenset(_MODULES.split())
_DEFAULT = (
    'authz_host auth_basic access_compat authn_file authz_user alias dir autoindex env '
    'mime negotiation setenvif filter deflate status reqtimeout authn_core authz_core'
)
DEFAULT = frozenset(_DEFAULT.split())
"""What is on after the installation, with what it depends on."""

DEPENDS = {
    'asis': 'mime',
    'auth_basic': 'authn_core',
    'auth_digest': 'authn_core',
    'auth_form': 'session authn_core',
    'authn_dbd': 'dbd',
    'authnz_ldap': 'ldap',
    'authz_dbd': 'dbd authz_core',
    'cache_disk': 'cache',
    'cache_socache': 'cache',
    'dav_fs': 'dav',
    'deflate': 'filter',
    'file_cache': 'cache',
    'include': 'mime',
    'lbmethod_bybusyness': 'proxy_balancer',
    'lbmethod_byrequests': 'proxy_balancer',
    'lbmethod_bytraffic': 'proxy_balancer',
    'lbmethod_heartbeat': 'proxy_balancer',
    'proxy_ajp': 'proxy',
    'proxy_balancer': 'proxy alias slotmem_shm',
    'proxy_connect': 'proxy',
    'proxy_express': 'proxy',
    'proxy_fcgi': 'proxy',
    'proxy_fdpass': 'proxy',
    'proxy_ftp': 'proxy',
    'proxy_hcheck': 'proxy',
    'proxy_html': 'proxy xml2enc',
    'proxy_http': 'proxy',
    'proxy_http2': 'proxy http2',
    'proxy_scgi': 'proxy',
    'proxy_uwsgi': 'proxy',
    'proxy_wstunnel': 'proxy',
    'ratelimit': 'env',
    'session_cookie': 'session',
    'session_crypto': 'session',
    'session_dbd': 'session',
    'ssl': 'setenvif mime socache_shmcb',
}
"""What ``a2enmod`` switches on together with a module."""

FILES = {'util_ldap.c': 'ldap', 'mod_dumpio.c': 'dump_io'}
"""The modules whose source file is not called after them."""


def module_of(owner: str) -> str:
    """Return what ``a2enmod`` calls the module of a source file; '' for what is not switched on."""
    name = FILES.get(owner, owner.removeprefix('mod_').removesuffix('.c'))
    return name if name in MODULES else ''


def switched_on(named: Collection[str]) -> frozenset[str]:
    """Return the modules that are on once ``a2enmod`` was run with these words."""
    pending = [name for name in MODULES if _is_named(name, named)]
    found = set(DEFAULT)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += DEPENDS.get(name, '').split()
    return frozenset(found)


def _is_named(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
