"""Directives whose arguments are names, paths, addresses or words, but for mere keywords.

Each form is what the engine lets pass, tried in Apache 2.4.71.
"""

from __future__ import annotations

import re

from glance_docs_ext.pcre import fault
from glance_docs_ext.rules.apache.addresses import is_network, is_six
from glance_docs_ext.rules.apache.daemon_options import USER
from glance_docs_ext.rules.apache.form import Form, each, of
from glance_docs_ext.rules.apache.numbers import START, atoi, atol, matches
from glance_docs_ext.rules.apache.proxy_parameters import parameter_fault
from glance_docs_ext.rules.apache.requirements import METHODS

CACHES = frozenset({'shmcb', 'dbm', 'memcache', 'redis', 'default'})  # their case counts
ADDRESS = re.compile(r'[/:]|^[0-9.]+$')
# socache_shmcb_create() of mod_socache_shmcb.c: a path, and the size in brackets.
SHARED = matches(r'(?:shmcb|default)(?::(?:[^()]*|[^(]*\([0-9]{1,18}\)))?')


def _cache(text: str) -> bool:
    """Whether a word is a cache that sessions can be kept in, its size at least 8192 bytes."""
    kind, _, place = text.partition(':')
    if kind in {'memcache', 'redis'}:
        return bool(place)
    if kind == 'dbm':
        return True
    size = place.partition('(')[2]
    return bool(kind in CACHES and SHARED(text) and (not size or 8192 <= atol(size) <= 2**31))


def _intercepted(text: str) -> bool:
    """set_proxy_error_override() of mod_proxy.c: a switch may stand between the statuses."""
    return text.lower() in {'on', 'off'} or ('0' <= text[:1] <= '9' and 400 <= atoi(text) <= 599)


def _proxy(text: str) -> bool:
    """add_proxy() of mod_proxy.c: the first colon behind the scheme stands before a port."""
    scheme, _, rest = text.partition('://')
    _, colon, port = rest.partition(':')
    is_port = START.match(port) is not None and atoi(port) < 65536
    return ':' not in scheme and rest != '' and (not colon or is_port)


def _port_range(text: str) -> bool:
    first, dash, last = text.partition('-')
    return first.isdigit() and (not dash or last.isdigit())


def _fastcgi(text: str) -> bool:
    """Whether a text is an address for fcgi_define_provider() of mod_authnz_fcgi.c."""
    match = re.fullmatch(r'fcgi://.*:([0-9]{1,5})/?', text)
    return match is not None and int(match[1]) < 65536


# From 1 to 65535.
PORT = '0*(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})'
NETWORK = Form('an address or a network', is_network)
PROXY = Form('an address such as http://proxy.example.com:3128', _proxy, 1)
SOCACHE = Form(
    'a cache such as shmcb or dbm, in small letters', lambda text: text.partition(':')[0] in CACHES
)
# vhost_alias_set() of mod_vhost_alias.c
INTERPOLATED = matches(r'none|/(?>(?:[^%]|%[%p]|%-?[0-9]\+?+(?:\.-?[0-9]\+?+|(?!\.)))*)')
# apr_ldap_url_parse_ext(): a scope, which may be encoded, stands behind base and attributes.
SCOPE = '(?:base|one|onetree|sub|subtree)?|[^?]*%[^?]*'
LDAP = matches(rf'ldap[si]?://[^/]*(?:/[^?]*(?:\?[^?]*(?:\?(?:{SCOPE})(?:\?.*)?)?)?)?')
ALIASES = frozenset(('never', 'searching', 'finding', 'always'))
HOOKS = (
    'all|translate_name|type_checker|quick_handler|map_to_storage|check_access|check_access_ex|'
    'insert_filter|check_authn|check_authz|fixups|handler|log_transaction'
)
AUTHORITY = '(?:letsencrypt|buypass)(?:-test)?|https?://.*|(?!https?:)[^/]+:.*'
SAMPLE = r'V\.(?:21|26bis|32|34|92)'


def _is_network_or_name(text: str) -> bool:
    """Whether a word is a network, or a name that some machine may be able to look up."""
    return is_network(text) or re.fullmatch(r'(?![0-9.]+\Z)[A-Za-z0-9.-]+', text) is not None


def _is_client(text: str) -> bool:
    """Whether ``Allow from`` takes a word: an address must be one, and no comment stands there."""
    if text.lower().startswith('env='):
        return True
    return is_network(text) if ADDRESS.search(text) else '#' not in text


def _substitution(text: str) -> bool:
    """Whether a text is for set_pattern() of mod_substitute.c, which knows no backslash."""
    parts = text[2:].split(text[1], 2) if len(text) > 1 and text[0].lower() == 's' else []
    if len(parts) < 2 or not parts[0]:
        return False
    flags = parts[2].lower() if len(parts) > 2 else ''
    return not flags.strip('infq') and ('n' in flags or fault(parts[0]) is None)


def _health_check(text: str) -> bool:
    """Whether a text is a parameter for set_worker_hc_param() of mod_proxy_hcheck.c."""
    key, equals, value = text.partition('=')
    return key.lower().startswith('hc') and bool(equals) and not parameter_fault(False, key, value)


def _source(text: str) -> bool:
    """Whether apr_sockaddr_info_get() may know an address; a name may be one on some machine."""
    if ':' in text:
        return is_six(text)
    if re.fullmatch('[0-9.]+', text):
        return re.fullmatch(r'[0-9]+(?:\.[0-9]+){0,2}', text) is not None or is_network(text)
    return re.fullmatch('/.*|[A-Za-z0-9.-]+', text) is not None


def _can_be_a_charset(text: str) -> bool:
    """Whether libxml2 may know a charset by this name; which ones depends on its version."""
    return re.fullmatch('[A-Za-z][A-Za-z0-9_.:-]{3,}', text) is not None


# The table of SSL_CONF_cmd(3).
OPENSSL = (
    '(?:Client)?SignatureAlgorithms|Curves|Groups|ECDHParameters|CipherString|Ciphersuites|'
    '(?:Min|Max)?Protocol|Options|VerifyMode|Certificate|PrivateKey|ServerInfoFile|'
    '(?:Chain|Verify|Request|Client)CA(?:Path|File|Store)|DHParameters|RecordPadding|NumTickets|'
    '(?:T|R)xCertificateCompression'
)
CERTIFICATE_KINDS = (
    'CA_DER|CA_BASE64|CA_CERT7_DB|CA_SECMOD|CERT_DER|CERT_BASE64|CERT_KEY3_DB|CERT_NICKNAME|'
    'CERT_PFX|KEY_DER|KEY_BASE64|KEY_PFX'
)
OPTION = r'[+-]?(?:DOTALL|ICASE|DOLLAR_ENDONLY)'
MUTEX = Form(
    'default, none, file:/path, fcntl:/path, flock:/path, pthread, posixsem, sysvsem or sem',
    matches(r'(?:default|none|file|fcntl|flock|pthread|posixsem|sysvsem|sem|yes|no)(?::.*)?'),
)
CLIENT_KINDS = 'CA_DER|CA_BASE64|CERT_DER|CERT_BASE64|CERT_NICKNAME|KEY_DER|KEY_BASE64'

TEXTS: dict[str, tuple[Form, ...]] = {
    **of(Form('builtin, exec:/path or |/path', matches(r'builtin|exec:.*|\|.*')),
         'sslpassphrasedialog'),
    **of(Form('never, searching, finding or always, in small letters, on or off',
              lambda text: text in ALIASES or text.lower() in {'on', 'off'}),
         'authldapdereferencealiases'),
    'authldapurl': (
        Form('an address such as ldap://host/base?uid?sub', LDAP),
        Form('NONE, SSL, TLS or STARTTLS', matches('none|ssl|tls|starttls'), 1),
    ),
    **of(Form('a domain that starts with a dot', matches(r'\..*')), 'proxydomain'),
    **of(Form('a domain with two dots or more, the first at its start', matches(r'\..*\..*')),
         'cookiedomain'),
    **of(Form('a user who is not root', lambda text: USER[1].fullmatch(text) is not None), 'user'),
    **of(Form('a word without blanks', matches(r'[^ \t\n\v\f\r]*')), 'ssistarttag', 'ssiendtag'),
    **of(Form('a path that starts with "/"', matches('/.*')), 'rewritebase'),
    **dict.fromkeys(('allow', 'deny'), (
        Form('from', matches('from')),
        each(Form('all, env=NAME, an address, a network or a name, and no comment', _is_client), 1),
    )),
    **of(Form('on, off, permanent, temp, seeother or a status from 300 to 399',
              matches('on|off|permanent|temp|seeother|0*3[0-9]{2}')), 'directoryindexredirect'),
    **of(Form('a pattern such as s/old/new/, and of the flags i, n, f and q', _substitution),
         'substitute'),
    'cgivar': (
        Form('REQUEST_URI', lambda text: text == 'REQUEST_URI'),
        Form('current-uri or original-uri', matches('(?:current|original)-uri'), 1),
    ),
    **of(Form('a bracket that is closed, as in (TXT,/icons/text.gif)', matches(r'(?!\().*|.*\).*')),
         'addicon', 'addiconbyencoding', 'addiconbytype'),
    'sslrandomseed': (
        Form('startup or connect', matches('startup|connect')),
        Form('a number of bytes', lambda text: atol(text) >= 0, 2),
    ),
    **of(Form('none, or a cache and its place, as shmcb:/run/ssl_scache(512000)',
              lambda text: text.lower() in {'none', 'nonenotnull'} or _cache(text)),
         'sslsessioncache'),
    **of(Form('a cache and its place, as shmcb:/run/stapling(128000)', _cache),
         'sslstaplingcache', 'authncachesocache'),
    **of(SOCACHE, 'cachesocache'),
    'action': (Form('virtual', matches('virtual'), 2),),
    'h2pushpriority': (
        Form('after, before or interleaved', matches('after|before|interleaved|[0-9].*'), 1),
    ),
    'logmessage': (
        each(Form('hook=NAME or expr=EXPRESSION', matches(f'hook=(?:{HOOKS})|expr=.*')), 1),
    ),
    'proxyhctemplate': (
        each(Form('parameters such as hcmethod=GET', _health_check), 1),
    ),
    'proxyerroroverride': (each(Form('statuses from 400 to 599', _intercepted), 1),),
    'indexorderdefault': (
        Form('Ascending or Descending', matches('ascending|descending')),
        Form('Name, Date, Size or Description', matches('name|date|size|description'), 1),
    ),
    **of(each(NETWORK), 'wsgitrustedproxies', 'remoteipproxyprotocolexceptions'),
    **of(Form('an address such as http://proxy.example.com:3128', matches('https?://.+')),
         'mdhttpproxy'),
    **of(PROXY, 'proxyremote', 'proxyremotematch'),
    **of(each(Form('a port, or a range such as 443-450', _port_range)), 'allowconnect'),
    **of(Form('none, or a path such as /srv/%0', INTERPOLATED),
         'virtualdocumentroot', 'virtualscriptalias', 'virtualdocumentrootip',
         'virtualscriptaliasip'),
    'deflatefilternote': (Form('Input, Output or Ratio', matches('input|output|ratio'), -2),),
    **of(Form('builtin or dynamic', matches('builtin|dynamic')), 'sslcryptodevice'),
    **of(Form('V.21, V.26bis, V.32, V.34 or V.92', matches(SAMPLE)), 'modemstandard'),
    **of(Form('an address such as http://www.example.com', matches('[^/?#]+:.*|//.*')),
         'cachekeybaseurl'),
    **of(Form(CERTIFICATE_KINDS.replace('|', ', '), matches(CERTIFICATE_KINDS)),
         'ldaptrustedglobalcert'),
    **of(Form(CLIENT_KINDS.replace('|', ', '), matches(CLIENT_KINDS)), 'ldaptrustedclientcert'),
    **of(each(Form('an address or a network', _is_network_or_name)),
         'remoteipinternalproxy', 'remoteiptrustedproxy'),
    **of(Form('an address, without a port', _source), 'proxysourceaddress'),
    **of(Form('an address and a port, as 239.0.0.1:27999', matches('[^:]+:[0-9].*')),
         'heartbeataddress', 'heartbeatlisten'),
    **of(Form('a name without "=" and "&"', matches('[^=&]+')),
         'authformbody', 'authformlocation', 'authformmethod', 'authformmimetype',
         'authformpassword', 'authformusername', 'sessioncookiename', 'sessioncookiename2'),
    **of(Form('a name without "=", ";" and "&"', matches('[^=;&]+')),
         'sessiondbdcookiename', 'sessiondbdcookiename2'),
    **of(Form('SSL or TLSv1.3 before the ciphers', {'SSL', 'TLSv1.3'}.__contains__, -2),
         'sslciphersuite', 'sslproxyciphersuite'),
    **of(Form('a command of OpenSSL such as Groups', matches(OPENSSL)),
         'sslopensslconfcmd'),
    'mdportmap': (each(Form('ports such as 80:8080 or http:8080',
                            matches(f'(?:80|443|https?):(?:-.*|{PORT}(?:[^0-9].*)?)'))),),
    **of(each(Form('an address, or a name such as LetsEncrypt', matches(AUTHORITY))),
         'mdcertificateauthority'),
    **of(Form('on, off or a duration', matches('on|off|[0-9]{1,18}(?:|[dhs].*|m[is].*)')),
         'mdstorelocks'),
    'brotlifilternote': (Form('Input, Output or Ratio', matches('input|output|ratio'), -2),),
    'regexdefaultoptions': (
        Form('none, DOTALL, ICASE or DOLLAR_ENDONLY', matches(f'none|{OPTION}')),
        each(Form('DOTALL, ICASE or DOLLAR_ENDONLY', matches(OPTION)), 1),
    ),
    **of(Form('a charset such as utf-8', _can_be_a_charset), 'xml2encdefault'),
    'extfilterdefine': (
        Form('cmd=COMMAND, mode=input or the like', matches(
            '(?:cmd|intype|outtype|ftype|disableenv|enableenv)=.*|mode=(?:in|out)put|'
            'preservescontentlength'), 1),
    ),
    'authnzfcgidefineprovider': (
        Form('authn, authz or authnz', matches('authn|authz|authnz')),
        Form('an address such as fcgi://127.0.0.1:10102/', _fastcgi, 2),
    ),
    'authnzfcgicheckauthnprovider': (
        Form('Authoritative, DefaultUser, RequireBasicAuth or UserExpr',
             matches('authoritative|defaultuser|requirebasicauth|userexpr'), 1),
    ),
    'mutex': (MUTEX,),
    'rewritemap': (
        Form('a map such as txt:/path or int:tolower', matches(
            r'int:(?-i:tolower|toupper|escape|unescape)|dbm(?:=(?:sdbm|gdbm|ndbm|db|default))?:.*|'
            r'(?!int:|dbm=).*'), 1),
    ),
    'allowmethods': (
        Form('a method such as GET', lambda text: text.upper() == 'RESET' or text in METHODS),
        each(Form('a method such as GET', METHODS.__contains__), 1),
    ),
}  # fmt: skip
