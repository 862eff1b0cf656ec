"""APA208: a requirement that Apache does not know or cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.authorizing import authorization_faults, is_defined
from glance_docs_ext.rules.apache.definitions import requirements_defined
from glance_docs_ext.rules.apache.requirements import ALL
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.syntax import Document, Statement

PLAIN = frozenset(('all granted', 'all denied'))
# What takes any words, or none.
ANY = ALL - {'all', 'ip', 'method', 'ssl', 'ssl-verify-client'}


class AuthorizationValue(ValueRule):
    """``Require`` names a kind of requirement, which takes the rest of the line apart itself.

    The kinds come from modules. Those of the modules of Apache, and of the modules for federation
    that Debian packages, are known here, and so are those that the text defines itself. A text that
    loads a module which is not known here may have kinds of that.
    """

    code = 'APA208'
    name = 'authorization-value'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('require', '<authzprovideralias')
    bad = (
        Example('apache', '<Directory /srv/www>\n    Require all grant\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Require valid-users\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Require ip 192.0.2.300\n</Directory>\n'),
        Example('apache', '<AuthzProviderAlias ip here 192.0.2.300>\n</AuthzProviderAlias>\n'),
        Example(
            'apache',
            '<Directory /srv/www>\n    Require here\n</Directory>\n'
            '<AuthzProviderAlias ip here 192.0.2.3>\n</AuthzProviderAlias>\n',
        ),
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
        Example('apache', '<AuthzProviderAlias local here>\n</AuthzProviderAlias>\n'),
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
            'PerlAddAuthzProvider of-glance Glance::Handler->check\n'
            '<Directory /srv/www>\n    Require of-glance\n</Directory>\n',
        ),
        Example(
            'apache',
            'LoadModule authz_glance_module modules/mod_authz_glance.so\n'
            '<Directory /srv/www>\n    Require of-glance\n</Directory>\n',
        ),
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n    Require all granted\n    Require not '
            'method POST\n    </RequireAll>\n</Directory>\n',
        ),
    )
    exceptions = (
        'A module of a third party that the text does not load may know a kind that is not listed '
        'here.'
    )
    source = (
        'mod_authz_core.c: "Unknown Authz provider"; mod_authz_host.c: "ip address \'x\' appears '
        'to be invalid"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        written = statement.rest.text
        if written in PLAIN or written.partition(' ')[0] in ANY:
            return ()  # as most
        found = [*authorization_faults(statement)]
        if found and is_defined(statement, document.once(requirements_defined)):
            return ()
        return found
