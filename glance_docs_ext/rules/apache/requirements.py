"""What ``Require`` asks for: the kinds of requirement and the methods, by their exact names."""

from __future__ import annotations

KINDS = frozenset(
    (
        *('all', 'dbd-group', 'dbd-login', 'dbd-logout', 'dbm-file-group', 'dbm-group', 'env'),
        *('expr', 'file-group', 'file-owner', 'forward-dns', 'group', 'host', 'ip'),
        *('ldap-attribute', 'ldap-dn', 'ldap-filter', 'ldap-group', 'ldap-search', 'ldap-user'),
        *('local', 'method', 'ssl', 'ssl-verify-client', 'user', 'valid-user'),
        'wsgi-group',
    )
)
# Of mod_shib, mod_auth_openidc, mod_oauth2, mod_auth_cas, mod_authnz_pam, mod_authz_unixgroup,
# mod_authnz_external, mod_auth_gssapi, and of what Debian has not: mod_authn_ntlm, mod_authnz_jwt.
OTHERS = frozenset(
    (
        *('authnContextClassRef', 'authnContextDeclRef', 'cas-attribute', 'claim'),
        *('claims_expr', 'external-group', 'external-file-group', 'gss-auth-level'),
        *('gss-delegated', 'jwt-claim', 'jwt-claim-array', 'name-attr', 'oauth2_claim'),
        *('pam-account', 'shib-attr', 'shib-plugin', 'shib-session', 'shib-user', 'shibboleth'),
        *('sspi-group', 'sspi-user', 'unix-file-group', 'unix-group'),
    )
)
ALL = KINDS | OTHERS
METHODS = frozenset(
    (
        *('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT'),
        *('PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK'),
        *('VERSION-CONTROL', 'CHECKOUT', 'UNCHECKOUT', 'CHECKIN', 'UPDATE', 'LABEL', 'REPORT'),
        *('MKWORKSPACE', 'MKACTIVITY', 'BASELINE-CONTROL', 'MERGE'),
    )
)
