"""The words that directives of Apache choose from, in the spelling of the manual.

Apache compares them without regard to case. Each was tried with Apache 2.4.71 (the test
``test_apache_values.py`` does it again): the word itself, which must be accepted, and another.
"""

from __future__ import annotations

ON_OFF = ('On', 'Off')

# Directives that read On and Off themselves, and so are no FLAG in the engine's table.
SWITCHES = (
    *('enablemmap', 'enablesendfile', 'protocolshonororder', 'usecanonicalphysicalport'),
    *('h2copyfiles', 'h2direct', 'h2earlyhints', 'h2moderntlsonly', 'h2outputbuffering'),
    *('h2proxyrequests', 'h2push', 'h2upgrade', 'h2websockets'),
    *('mdbaseserver', 'mdcertificatestatus', 'mdmuststaple', 'mdprofilemandatory'),
    *('mdrenewviaari', 'mdserverstatus', 'mdstapleothers', 'mdstapling', 'proxyerroroverride'),
    *('wsgicasesensitivity', 'wsgichunkedrequest', 'wsgidestroyinterpreter'),
    *('wsgidontwritebytecode', 'wsgienablesendfile', 'wsgierroroverride'),
    *('wsgigroupauthoritative', 'wsgiignoreactivity', 'wsgilazyinitialization'),
    *('wsgipassapacherequest', 'wsgipassauthorization', 'wsgirestrictembedded'),
    *('wsgirestrictsignal', 'wsgirestrictstdin', 'wsgirestrictstdout', 'wsgiscriptreloading'),
    *('wsgiservermetrics', 'wsgisocketrotation', 'wsgiverbosedebugging'),
)

KEYWORDS: dict[str, tuple[str, ...]] = dict.fromkeys(SWITCHES, ON_OFF) | {
    'acceptpathinfo': ('On', 'Off', 'Default'),
    'allowencodedslashes': ('On', 'Off', 'NoDecode'),
    'authbasicusedigestalgorithm': ('Off', 'MD5'),
    'authdigestalgorithm': ('MD5',),
    'authdigestqop': ('auth',),
    'authmerging': ('Off', 'And', 'Or'),
    'brotlialteretag': ('AddSuffix', 'NoChange', 'Remove'),
    'cookiesamesite': ('Strict', 'Lax', 'None'),
    'cookiestyle': ('Netscape', 'Cookie', 'Cookie2', 'RFC2109', 'RFC2965'),
    'deflatealteretag': ('AddSuffix', 'NoChange', 'Remove'),
    'forcelanguagepriority': ('Prefer', 'Fallback', 'None'),
    'hostnamelookups': ('On', 'Off', 'Double'),
    'httpprotocoloptions': (
        'Strict',
        'Unsafe',
        'RegisteredMethods',
        'LenientMethods',
        'Allow0.9',
        'Require1.0',
    ),
    'ldapreferrals': ('On', 'Off', 'default'),
    'ldaptrustedmode': ('NONE', 'SSL', 'TLS', 'STARTTLS'),
    'luacodecache': ('stat', 'forever', 'never'),
    'luainherit': ('none', 'parent-first', 'parent-last'),
    'mdchallengedns01version': ('1', '2'),
    'mddrivemode': ('auto', 'automatic', 'manual', 'always'),
    'mdrenewmode': ('auto', 'automatic', 'manual', 'always'),
    'mdmatchnames': ('all', 'servernames'),
    'mdrequirehttps': ('off', 'temporary', 'permanent'),
    'order': ('Allow,Deny', 'Deny,Allow', 'Mutual-failure'),
    'proxybadheader': ('IsError', 'Ignore', 'StartBody'),
    'proxyfcgibackendtype': ('FPM', 'GENERIC'),
    'proxystatus': ('Off', 'On', 'Full'),
    'proxyvia': ('On', 'Off', 'Full', 'Block'),
    'satisfy': ('Any', 'All'),
    'serversignature': ('On', 'Off', 'EMail'),
    'servertokens': ('Full', 'OS', 'Minimal', 'Min', 'Minor', 'Major', 'Prod', 'ProductOnly'),
    'sslengine': ('on', 'off', 'optional'),
    'sslproxyverify': ('none', 'optional', 'require', 'optional_no_ca', 'on', 'off'),
    'sslvhostsnipolicy': ('strict', 'authonly', 'secure', 'insecure'),
    'sslverifyclient': ('none', 'optional', 'require', 'optional_no_ca', 'on', 'off'),
    'traceenable': ('on', 'off', 'extended'),
    'usecanonicalname': ('On', 'Off', 'DNS'),
    'wsgiacceptmutex': ('default', 'flock', 'fcntl', 'sysvsem', 'posixsem', 'pthread'),
    'wsgimapheadtoget': ('On', 'Off', 'Auto'),
    'xbithack': ('on', 'off', 'full'),
}

LOWER = {key: frozenset(word.lower() for word in words) for key, words in KEYWORDS.items()}

# Those that take several words of their list.
REPEATED = frozenset(('forcelanguagepriority', 'httpprotocoloptions'))
# Words that only an older Apache takes, in lower case, and the version that refuses them.
UNTIL = {('authdigestqop', 'none'): '2.4.69'}
