"""Values of Apache's directives, at the edges of what it takes: what it says of them, we say."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.source import Source
from tests.asked import asked

PASS = 'ProxyPass / http://b/ '
BALANCED = 'ProxyPass / balancer://c '


def member(words: str, section: str = 'Proxy balancer://c') -> str:
    return f'<{section}>\nBalancerMember {words}\n</{section.partition(" ")[0]}>'


def around(section: str, line: str) -> str:
    return f'<{section}>\n{line}\n</{section.partition(" ")[0]}>'


RIGHT = (
    *('ProxyPass / http://b:-1/', 'ProxyPass / "http://b: 1/"', 'ProxyPass / http://[::1]:-1/'),
    *('ProxyPass / http://b:/', 'ProxyPassMatch ^/(.*) http://b:$1/'),
    *('ProxyPass http://b/ retry=0', 'ProxyPass http://b/ retry=0 nocanon', 'ProxyPass !'),
    *('ProxyPass / balancer:///', 'ProxyPass / balancer://c:x', 'ProxyPass / balancer://[c'),
    *(f'{PASS}addressttl={time}' for time in ('', '+5', '-1', '-0', '5s', '5min', '1000ms')),
    *(f'{PASS}loadfactor={number}' for number in ('+5', '0x10', '1e1', '100.001', '1.5x')),
    *(f'{PASS}lbset={number}' for number in ('-0', '99', '')),
    *(f'{PASS}acquire={time}' for time in ('1', '1ms', '9223372036854775', '5sx')),
    *(f'{PASS}iobuffersize={size}' for size in ('0', '512', '4294967297')),
    *(f'{PASS}flushwait={time}' for time in ('0', '1000', '-0', '4294967296', 'x')),
    *(f'{PASS}route={"r" * 63}', f'{PASS}upgrade={"u" * 15}', f'{PASS}ping=1ms'),
    *(f'{BALANCED}failonstatus={text}' for text in ('', ',500', '500x', '+500')),
    *(f'{BALANCED}"failonstatus={text}"' for text in ('500, 502', '500 502', '500;x')),
    *(f'{BALANCED}growth=+5', f'{BALANCED}stickysessionsep=OFF', f'{BALANCED}nonce={"n" * 36}'),
    *(member('balancer://d'), member('balancer://d route=a'), member('route=a http://b/')),
    member('balancer://c route=a http://b/', 'VirtualHost *:80'),
    member('x://c http://b/', 'VirtualHost *:80'),
    *('ProxyRemote * http://b:-1', 'ProxyRemote * "http://b: 1"', 'ProxyRemote * http://b:0'),
    *('ProxyErrorOverride On 404x', 'ProxyErrorOverride On "404 500"'),
    *('RewriteOptions UnsafePrefixStat', 'RewriteRule a - [BNE=/]'),
    around('Location /', 'Require wsgi-group x'),
    '<DirectoryMatch ~ x>\n</DirectoryMatch>',
    *(f'<IfVersion {words}>\nbogus\n</IfVersion>' for words in (r'~ ^2\.2', r'!~ ^2\.4')),
    'WSGIDispatchScript /x application-group=y',
    *('ErrorLogFormat "%{a}M"', 'ErrorLogFormat request "%%M"'),
    *('SetEnvIf OID("1.2") x c', 'SetEnvIf a\\( x c', 'Header echo ^X'),
    *('Mutex default OmitPID rewrite-map', 'Listen 80 options=freebind'),
    around('Directory /', 'AllowOverride Nonfatal='),
    '<If "true">\n</If>\n<Else>\n</Else>\n<If "true">\n</If>\n<Else>\n</Else>',
    *(
        'Substitute s/a/b/qfin',
        'Substitute s|(|b|n',
        'Substitute s#a##',
        'Substitute s/a/b',
        'Substitute s/a/',
        'FileETag All',
    ),
    *('IndexOptions -NameWidth', 'IndexOptions +NameWidth=5', 'IndexOptions NameWidth=x'),
    *('IndexOptions -Charset=x', 'HttpProtocolOptions Unsafe LenientMethods Require1.0'),
    *('IndexOrderDefault descending size', 'MDPrivateKeys RSA 2048', 'MDPrivateKeys rsa2048 p256'),
    *('RewriteMap a INT:tolower', 'RewriteMap a int:unescape'),
    *('KeepAliveTimeout 5min', 'KeepAliveTimeout -0', 'KeepAliveTimeout s'),
    *(around(f'VirtualHost [::1]{port}', '') for port in ('', ':80', ':080', ':*')),
)
WRONG = (
    *(around(f'VirtualHost [::1]{port}', '') for port in (':', ':80x', ':80:90', ':+80', 'x')),
    *('ProxyPass / http://[::1/', 'ProxyPass / http://[]/', 'ProxyPass / http://b:+/'),
    *('ProxyPass / http://b:0x1/', 'ProxyPass / http://b:1x/', 'ProxyPass / http://:80/'),
    *(
        'ProxyPass http://b/ rety=0',
        'ProxyPass http://b/ retry=0 max=-1',
        'ProxyPassMatch http://b/ a',
    ),
    *(f'{PASS}addressttl={time}' for time in ('x', '5ms', '-2', '2147483648')),
    *(f'{PASS}loadfactor={number}' for number in ('0.99', '100.01', '1e3', 'nan', '-5')),
    *(f'{PASS}acquire={time}' for time in ('0', '', '-1', 's', '5H', '9223372036854776')),
    *(f'{PASS}ping=0', f'{PASS}connectiontimeout=0ms', f'{PASS}hcinterval=99ms'),
    *(f'{PASS}flushwait={time}' for time in ('-5', '1001', '1001x')),
    *(f'{PASS}max=-1', f'{PASS}smax=-1', f'{PASS}timeout=2147483648', f'{PASS}retry=4294967295'),
    *(f'{PASS}route={"r" * 64}', f'{PASS}upgrade={"u" * 16}', f'{PASS}hcuri=/{"u" * 63}'),
    *(f'{BALANCED}failonstatus={text}' for text in ('99', '600', '500,99', 'x', '-500')),
    *(f'{BALANCED}stickysessionsep={text}' for text in ('', 'on', '__', 'é')),
    f'{BALANCED}nonce={"n" * 37}',
    *(member('http://b/?a=b'), member('http://b/ http://c/'), member('balancer://d http://b/')),
    *(member('http://[::1'), member('a=b'), member('http://b/', 'ProxyMatch x')),
    member('http://b/ route=a', 'VirtualHost *:80'),
    member('balancer:c http://b/', 'VirtualHost *:80'),
    *('ProxyRemote * http://', 'ProxyRemoteMatch ( http://b:80', 'ProxyRemote * http://b:x'),
    *('ProxyErrorOverride On 399', 'ProxyErrorOverride Off 404'),
    *('RewriteOptions LongURLOptimization', 'RewriteRule a - [BNE=]', 'RewriteRule a - "[L] "'),
    *('ErrorLogFormat "%%M"', 'ErrorLogFormat request "%{a}M"', 'ErrorLogFormat request ""'),
    *('SetEnvIf ( x c', 'SetEnvIf a\\ x c', 'SetEnvIf OID("1" x c', 'Header echo ('),
    *('Header always echo [', 'Header onsuccess edit X ( y'),
    *('Mutex default defualt', 'Mutex default SSL-cache', 'Mutex none', 'Mutex no rewrite-map'),
    *('Listen 80 https options=freebind', 'WSGIDaemonProcess a script-user=x script-group=y'),
    around('Location /', '<Limit GET TRACE>\n</Limit>'),
    around('Directory /', 'AllowOverride Nonfatal'),
    around('Directory /', 'AllowOverrideList Redirect none'),
    *('<Proxy ~ x>\n</Proxy>', '<DirectoryMatch ~ (>\n</DirectoryMatch>'),
    *(f'<IfVersion {words}>\nbogus\n</IfVersion>' for words in (r'~ ^2\.4', r'= /^2\.4/')),
    'WSGIDispatchScript /x process-group=y',
    '<If "true">\n</If>\n<Else>\n</Else>\n<ElseIf "true">\n</ElseIf>',
    *('Substitute s/a/b/x', 'Substitute s/(/b/', 'Substitute s//b/', 'Substitute s/a\\/b/c/'),
    *('FileETag +All', 'FileETag MTime -None', 'HttpProtocolOptions Strict Unsafe'),
    *('IndexOptions -NameWidth=*', 'IndexOptions NameWidth', 'IndexOptions DescriptionWidth=11'),
    *('IndexOptions -IconWidth=3', 'IndexOptions +None', 'IndexOrderDefault Asc Name'),
    *('MDPrivateKeys RSA 2047', 'MDPrivateKeys rsa1024', 'HttpProtocolOptions Allow0.9 Require1.0'),
    *('RewriteMap a int:toLower', 'RewriteMap a int:nope'),
    *('KeepAliveTimeout 5MS', 'KeepAliveTimeout 5H', 'KeepAliveTimeout 9999999999999999'),
)


@pytest.mark.parametrize(
    ('text', 'right'), [*((text, True) for text in RIGHT), *((text, False) for text in WRONG)]
)
def test_a_value_is_right_where_apache_takes_it(text: str, *, right: bool) -> None:
    found = check(Source(text, 'x'), 'apache').diagnostics
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    assert not errors if right else errors
    assert asked('apache', text).accepts is right
