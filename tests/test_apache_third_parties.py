"""Directives of the modules that Debian packages as ``libapache2-mod-…``: they are known."""

from __future__ import annotations

import subprocess
import sys

import pytest

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.engines import get_engine
from glance_docs_ext.engines.apache import former
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.source import Source
from tests.asked import require_engine

APACHE = get_engine('apache')


def findings(text: str, context: str | None = None) -> list[str]:
    """Return code and help of what is found."""
    found = check(Source(text, 'site.conf'), 'apache', context).diagnostics
    return [f'{one.code} {one.help}' for one in found]


@pytest.mark.parametrize(
    ('name', 'owner', 'package'),
    [
        ('MellonEnable', 'mod_auth_mellon.c', 'libapache2-mod-auth-mellon'),
        ('OIDCProviderMetadataURL', 'mod_auth_openidc.c', 'libapache2-mod-auth-openidc'),
        ('ShibRequestSetting', 'mod_shib.cpp', 'libapache2-mod-shib'),
        ('SecRuleEngine', 'mod_security2.c', 'libapache2-mod-security2'),
        ('FcgidWrapper', 'mod_fcgid.c', 'libapache2-mod-fcgid'),
        ('PerlHandler', 'mod_perl.c', 'libapache2-mod-perl2'),
        ('PythonHandler', 'mod_python.c', 'libapache2-mod-python'),
        ('QS_SrvMaxConn', 'mod_qos.c', 'libapache2-mod-qos'),
        ('DOSPageCount', 'mod_evasive20.c', 'libapache2-mod-evasive'),
        ('XSendFile', 'mod_xsendfile.c', 'libapache2-mod-xsendfile'),
        ('php_value', 'mod_php.c', 'libapache2-mod-php8.2'),
        ('SVNPath', 'mod_dav_svn.c', 'libapache2-mod-svn'),
        ('GssapiCredStore', 'mod_auth_gssapi.c', 'libapache2-mod-auth-gssapi'),
        ('RPAFenable', 'mod_rpaf-2.0.c', 'libapache2-mod-rpaf'),
        ('GeoIPEnable', 'mod_geoip.c', 'libapache2-mod-geoip'),
        ('PassengerRuby', 'mod_passenger.c', 'libapache2-mod-passenger'),
        ('CASLoginURL', 'mod_auth_cas.c', 'libapache2-mod-auth-cas'),
        ('MonoAutoApplication', 'mod_mono.c', 'libapache2-mod-mono'),
        ('JkMount', 'mod_jk.c', 'libapache2-mod-jk'),
        ('AssignUserID', 'mpm_itk.c', 'libapache2-mpm-itk'),
    ],
)
def test_a_directive_of_a_packaged_module_names_it(name: str, owner: str, package: str) -> None:
    (entry,) = APACHE.catalogue[APACHE.key(name)]
    assert (entry.name.lower(), entry.owner, entry.package) == (name.lower(), owner, package)
    assert 'third-party' in entry.flags
    assert APACHE.reference_url(entry) == f'https://packages.debian.org/bookworm/{package}'


def test_a_page_about_federation_has_no_findings() -> None:
    text = (
        '<VirtualHost *:443>\n    ServerName keystone\n    OIDCResponseType id_token\n'
        '    OIDCClientID keystone\n'
        '    <Location /v3/auth>\n        AuthType openid-connect\n        Require valid-user\n'
        '    </Location>\n    <Location /v3/mellon>\n        AuthType Mellon\n'
        '        MellonEnable auth\n        MellonSetEnvNoPrefix REMOTE_USER NAME_ID\n'
        '        Require valid-user\n    </Location>\n    <Location /v3/shib>\n'
        '        AuthType shibboleth\n        ShibRequestSetting requireSession 1\n'
        '        Require shib-session\n    </Location>\n</VirtualHost>\n'
    )
    assert findings(text) == []


@pytest.mark.parametrize(
    ('text', 'code', 'words'),
    [
        ('MellonEnble auth\n', 'CFG201', "did you mean 'MellonEnable' (mod_auth_mellon.c of the"),
        ('LockFile /run/glance.lock\n', 'CFG201', 'has it no more: write Mutex'),
        ('$ sudo a2enmod proxy_http\n', 'CFG201', 'give it a block of its own'),
        ('SecRuleEngine On Off\n', 'CFG203', 'package libapache2-mod-security2'),
        ('XSendFile yes\n', 'APA201', 'package libapache2-mod-xsendfile'),
        ('<Location />\n    SVNInMemoryCacheSize 1\n</Location>\n', 'CFG202', 'mod_dav_svn.c'),
    ],
)
def test_a_finding_says_whose_the_directive_is(text: str, code: str, words: str) -> None:
    (found,) = findings(text)
    assert found.startswith(code)
    assert words in found


def test_a_place_that_a_module_only_warns_of_is_none_to_refuse() -> None:
    assert findings('<VirtualHost *:80>\n    PassengerDefaultUser a\n</VirtualHost>\n') == []


def test_htaccess_allows_what_the_module_allows_there() -> None:
    assert findings('MellonEnable info\nphp_value memory_limit 1G\n', 'htaccess') == []
    assert [f[:6] for f in findings('OIDCClientID x\nPHPINIDir /x\n', 'htaccess')] == ['CFG202'] * 2


def test_a_condition_is_decided_as_by_an_engine_that_has_its_own_modules_only() -> None:
    text = '<IfModule mod_security2.c>\n    Bogus x\n</IfModule>\n'
    assert findings(text) == []
    assert [f[:6] for f in findings(text.replace(' mod', ' !mod'))] == ['CFG201']
    assert findings('<IfDirective SecRuleEngine>\n    Bogus x\n</IfDirective>\n') == []


def test_no_directive_is_both_the_engines_own_and_a_third_partys() -> None:
    packages = [{entry.package for entry in APACHE.catalogue[key]} for key in APACHE.catalogue]
    assert [names for names in packages if '' in names and len(names) > 1] == []
    assert sum('' not in names for names in packages) > 1000


def test_what_is_gone_is_known_to_no_module() -> None:
    assert [key for key in former.REMEDIES if key in APACHE.catalogue] == []


def test_the_modules_of_third_parties_are_read_when_a_name_is_missing() -> None:
    program = (
        'from glance_docs_ext.engines.apache import CATALOGUE\n'
        '"documentroot" in CATALOGUE, CATALOGUE["listen"]\n'
        'print("whole" in vars(CATALOGUE.entries))\n'
        '"mellonenable" in CATALOGUE\n'
        'print("whole" in vars(CATALOGUE.entries))\n'
    )
    done = subprocess.run(
        [sys.executable, '-c', program], capture_output=True, text=True, timeout=600, check=True
    )
    assert done.stdout.split() == ['False', 'True']


@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('<Location />\nMellonEnable auth\n</Location>\n', 'libapache2-mod-auth-mellon'),
        ('<Location />\nRequire shib-session\n</Location>\n', 'provides shib-session'),
        ('<Location />\nAuthBasicProvider external\n</Location>\n', 'provides external'),
        ('<Location />\nAuthBasicProvider Glance::Users\n</Location>\n', 'provides Glance::Users'),
    ],
)
def test_the_engine_here_need_not_have_the_module(text: str, words: str) -> None:
    require_engine('apache')
    said = native.verdict(APACHE.parse(Source(text, 'site.conf'), 'server'))
    assert said.outcome is Outcome.HOST, said
    assert words in said.message
    assert said.line == 2


FOREIGN = [
    'KrbMethodNegotiate On\nKrbAuthRealms EXAMPLE.ORG\n',
    'NTLMAuth on\n',
    'ManagerBalancerName mycluster\nEnableMCPMReceive\nAdvertiseFrequency 5\n',
]


@pytest.mark.parametrize('text', FOREIGN)
def test_what_belongs_to_a_module_of_others_names_the_module_once(text: str) -> None:
    (found,) = check(Source(text, 'site.conf'), 'apache', 'directory').diagnostics
    assert found.code == 'CFG206'
    assert found.help.startswith('it belongs to mod_')


@pytest.mark.parametrize(
    ('text', 'errors'),
    [
        ('LockFile /a\n', 1),  # was removed, and stands alone
        ('DocRoot /srv\n', 1),
        ('Quux_Enable on\nQuux_Realm a\n', 2),  # nothing tells whose they are
        ('SeverName a\nSeverAlias b\n', 2),  # begin alike, and are near to names that are known
        ('RewriteLog /a\nRewriteLogLevel 3\n', 2),  # begin as what is known
        ('This line\nThese lines\nthe same\nthe other\n', 4),  # prose
        ('<QuuxOne>\n</QuuxOne>\n<QuuxTwo>\n</QuuxTwo>\n', 2),
    ],
)
def test_a_name_that_nothing_tells_of_is_an_error(text: str, errors: int) -> None:
    assert [f[:6] for f in findings(text)] == ['CFG201'] * errors


def test_a_module_is_told_of_once_beside_a_misspelling() -> None:
    text = 'Krb5Keytab /a\nKrbAuthRealms A\nSeverName a\nSSPIAuth On\n'
    found = check(Source(text, 'site.conf'), 'apache').diagnostics
    assert [(one.code, one.place.line) for one in found] == [
        ('CFG206', 1),
        ('CFG201', 3),
        ('CFG206', 4),
    ]
    assert 'mod_auth_kerb' in found[0].help


def test_the_server_refuses_what_belongs_to_a_module_of_others() -> None:
    require_engine('apache')
    said = native.verdict(check(Source(FOREIGN[0], 'site.conf'), 'apache').document)
    assert said.outcome is Outcome.REFUSED
