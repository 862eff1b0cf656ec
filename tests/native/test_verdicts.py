"""What the real engines answer: the outcome, the line of the text, their own words."""

from __future__ import annotations

import pytest

from glance_docs_ext.native import nginx
from glance_docs_ext.native.sandbox import Run
from glance_docs_ext.native.verdicts import Outcome, Verdict
from tests.asked import asked, parsed

ACCEPTED = [
    ('apache', '<VirtualHost *:80>\nDocumentRoot /srv/www\n</VirtualHost>\n', None),
    ('apache', 'CustomLog ${APACHE_LOG_DIR}/glance.log combined\nUser www-data\n', 'server'),
    ('apache', 'Require all granted\n', None),
    ('apache', 'ServerAlias glance\n', None),
    ('apache', 'SSLCertificateFile /etc/ssl/certs/glance.pem\n', 'vhost'),
    ('apache', 'ProxyPass http://127.0.0.1:9292/ retry=0\n', None),
    ('apache', 'Require all granted\n', 'requireall'),
    ('apache', 'Require all granted\n', 'limit'),
    ('nginx', 'location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:1;\n}\n', None),
    ('nginx', 'if ($arg_a) {\n  add_header X-A 1;\n}\n', None),
    (
        'nginx',
        'server {\n  listen 9292;\n  ssl_preread on;\n  proxy_pass 127.0.0.1:1;\n}\n',
        None,
    ),
    ('nginx', 'events {}\nhttp { include /etc/nginx/mime.types; server { listen 80; } }', 'main'),
    ('nginx', 'default 1;\n', 'map'),
    ('nginx', 'server 10.0.0.1:9292;\n', 'upstream'),
    ('nginx', 'listen 9292;\n', 'stream-server'),
    ('nginx', 'proxy_pass http://localhost:9292;\n', 'location'),
    ('nginx', 'error_log /var/log/nginx/error_log info;\n', 'server'),
    ('nginx', 'events {}\nerror_log /srv/log/errors;\npid /srv/run/nginx;\n', 'main'),
    (
        'nginx',
        'server {\n  listen 53 udp;\n  proxy_pass 127.0.0.1:53;\n  proxy_responses 1;\n}\n',
        None,
    ),
    ('uwsgi', '[uwsgi]\nmaster = true\nhttp-socket = :9292\nmodule = x\n', None),
    ('uwsgi', 'master = true\nplugins = http,python3\n', 'section'),
    ('uwsgi', 'chdir = /srv/app\nif-env = X\nbogus = 1\nendif =\n', None),
    ('uwsgi', 'base = /srv\nchdir = %(base)/app\n', None),
    ('uwsgi', 'ini = :more\n[more]\nmaster = true\n', 'section'),
    ('uwsgi', 'route-run = redirect:/new\nfastrouter = :0\n', None),
    ('uwsgi', 'need-plugin = python3\nmodule = x\n', None),
]
REFUSED = [
    ('apache', 'ServerName x\n\nBogus y\n', None, 3, "Invalid command 'Bogus', perhaps misspelled"),
    ('apache', 'Require granted\n', 'location', 1, 'Unknown Authz provider: granted'),
    ('apache', 'ProxyPass http://127.0.0.1:9292/ a=0\n', None, 1, 'ProxyPass URL must be abso'),
    ('apache', '</Location>\n', 'location', 1, '</Location> without matching <Location> section'),
    ('apache', '\n<If "true">\n', 'location', 2, '<If> was not closed'),
    ('apache', '<If "%{NO} == 1">\n</If>\n', None, 1, 'Cannot parse condition clause: Variable'),
    ('apache', 'RewriteMap a int:nope\n', None, 1, 'RewriteMap: internal map not found'),
    ('apache', 'Timeout \\\n\n', None, 2, 'Timeout takes one argument'),
    ('apache', '<Macro m $a>\nServerName $a\n</Macro>\nUse m a:b\n', None, 4, 'The port number "a'),
    ('apache', '<Directory /x>\n</Files>', None, 2, 'Expected </Directory> but saw </Files>'),
    ('nginx', 'location / {\n  proxy_pas x;\n}\n', 'server', 2, 'unknown directive "proxy_pas"'),
    ('nginx', 'location / {\n', 'server', 2, 'unexpected end of file, expecting "}"'),
    ('nginx', '}\nserver {\n', 'server', 1, 'unexpected "}"'),
    ('nginx', 'server {\n  listen 1 bind http2;\n  use x;\n}\n', None, 3, '"use" directive'),
    ('nginx', 'server 10.0.0.1 weight 5;\n', None, 1, 'invalid parameter "weight"'),
    ('nginx', 'server {\n  ssl_preread on;\n  root /srv;\n}\n', None, 2, '"ssl_preread" directive'),
    ('nginx', 'worker_processes x;\n', None, 1, '"worker_processes" directive invalid value'),
    ('uwsgi', '[uwsgi]\nmaster = true\nprocesse = 2\n', 'file', 3, '[strict-mode] unknown config'),
    ('uwsgi', 'master = true\nprocesses = -1\n', None, 2, 'invalid value for option "processes"'),
    ('uwsgi', 'strict = 1\nset = a=1\nenv = A=%(a)\n', None, None, '[strict-mode] unknown'),
    ('uwsgi', 'plugin = rpc\nneed-plugin = cgi, rpc\n', None, 2, 'unable to load plugin " rpc"'),
    ('uwsgi', 'mode = 0666\nchmod-socket = %(mode)\n', None, None, 'invalid chmod value: 0666'),
    (
        'uwsgi',
        '\ufeff[uwsgi]\nstrict = true\nmaster: true\n[uwsgi]\na: b\n',
        None,
        5,
        '[strict-mode] unknown config directive: a: b',
    ),
    ('nginx', 'http {\n  server {\n    limit_req zone=a;\n  }\n}\nevents {}', 'main', None, 'zero'),
    ('nginx', 'user root;\nevents {}\nhttp { modern_browser x; }', 'main', None, 'nginx: config'),
]
HOST = [
    ('apache', 'CoreDumpDirectory /dumps\n', 'server', 'CoreDumpDirectory /dumps does not'),
    ('apache', 'SSLCACertificatePath /etc/x\n', None, "SSLCACertificatePath: directory '/etc/x'"),
    (
        'apache',
        'SSLRandomSeed startup file:/dev/srandom 512\n',
        'server',
        "source path '/dev/srandom'",
    ),
    ('apache', 'Timeout 5\nProxyTimeout ${SECONDS}\n', None, 'what it reads there is not set here'),
    ('apache', 'LogLevel info nosuch:debug\n', None, 'Cannot find module nosuch'),
    ('apache', '<Macro a>\n</Macro>\nUse b\n', 'server', "macro 'b' undefined"),
    ('nginx', 'server { listen 443 ssl; }\n', None, 'it depends on the rest'),
    (
        'nginx',
        'server {\n ssl_certificate $uri;\n ssl_certificate_key $uri;\n ssl_verify_client on;\n}\n',
        None,
        'it depends on the rest',
    ),
    ('nginx', 'aio threads=files;\n', 'location', 'it depends on the rest'),
    ('nginx', 'charset utf-8;\nsource_charset koi8-r;\n', 'server', 'it depends on the rest'),
    ('nginx', 'large_client_header_buffers 4 16;\n', 'server', 'it depends on the rest'),
    ('nginx', 'resolver 127.0.0.1;\n', 'stream-upstream', 'the nginx here does not know resolver'),
    ('uwsgi', 'if-not-env = X\nprocesses = -1\nendif =\n', None, 'it depends on a condition'),
    ('uwsgi', 'if-not-env = X\nbogus = 1\nendif =\n', None, 'it depends on a condition'),
    (
        'uwsgi',
        'if-not-env = X\nbogus = 1\nendif =\ngevent = 9\n',
        None,
        'it depends on a condition',
    ),
    ('uwsgi', 'legion-node = web 225.1.1.1:4242\n', None, 'unknown legion: web'),
    ('uwsgi', 'http-socket = =0\n', None, 'unable to use shared socket 0'),
    ('uwsgi', 'route-run = toxslt:a\n', None, 'the uWSGI here has no plugin xslt'),
    ('uwsgi', 'chmod-socket = 66%(x)\n', None, 'invalid chmod value: 66%(x)'),
    ('apache', 'DocumentRoot /etc/apache2/none\n', 'server', 'is not a directory'),
    ('apache', 'User stranger\n', 'server', 'bad user name stranger'),
    ('apache', 'CustomLog nowhere/x.log common\n', 'server', 'Cannot access directory'),
    (
        'apache',
        '<VirtualHost nowhere.invalid:80>\n    ErrorLog nowhere/x.log\n</VirtualHost>\n',
        'server',
        'Cannot access directory',
    ),
    (
        'apache',
        'NameVirtualHost *:80\nErrorLog nowhere/x.log\n',
        'server',
        'Cannot access directory',
    ),
    ('apache', 'Mutex file:/nowhere/x\n', 'server', 'Invalid Mutex directory'),
    ('apache', 'SuexecUserGroup www-data www-data\n', 'server', 'suEXEC is disabled'),
    ('apache', 'Listen nowhere.invalid:80\n', 'server', 'Listen setup failed'),
    ('apache', 'Dav svn\n', 'directory', 'no module here provides svn'),
    ('apache', 'ProxySet balancer://x timeout=1\n', 'server', 'can not find'),
    (
        'apache',
        'AuthnzFcgiDefineProvider authz x fcgi://nowhere.invalid:9000/\n',
        'server',
        'Error resolving backend address',
    ),
    ('nginx', 'proxy_pass http://nowhere.invalid;\n', 'location', 'host not found in upstream'),
    ('nginx', 'listen 80 accept_filter=httpready;\n', 'server', 'accept filters'),
    ('nginx', 'use kqueue;\n', 'events', 'invalid event type'),
    (
        'nginx',
        'listen 1 ssl;\nssl_certificate /etc/x.pem;\nssl_certificate_key /etc/x.key;\n',
        'server',
        'cannot load certificate',
    ),
    ('nginx', 'error_log logs/;\n', 'mail-server', 'Is a directory'),
    (
        *('uwsgi', 'log-master = true\nlog-master-bufsize = 99999999999\n', None),
        'tried memory allocation',
    ),
    ('nginx', 'http2 on;\n', 'server', 'the nginx here does not know http2'),
    (
        'nginx',
        "events {}\nhttp {\n  log_format a '$geoip_country_code';\n}\n",
        'main',
        'the nginx here has no $geoip_country_code',
    ),
    ('uwsgi', 'need-plugin = nosuch\n', None, 'unable to load plugin "nosuch"'),
    ('uwsgi', 'plugin = quota\nalarm-quota = full 9\n', None, 'the uWSGI here has no plugin quota'),
    ('uwsgi', 'plugin = limits\nroute = ^/ limit:9\n', None, 'the uWSGI here has no plugin limits'),
    ('uwsgi', 'harakiri-graceful-timeout = 3\n', None, 'the uWSGI here does not know'),
]


@pytest.mark.parametrize(('engine', 'text', 'context'), ACCEPTED)
def test_it_accepts_what_is_right_in_its_context(
    engine: str, text: str, context: str | None
) -> None:
    assert asked(engine, text, context) == Verdict(Outcome.ACCEPTED)


@pytest.mark.parametrize(('engine', 'text', 'context', 'line', 'words'), REFUSED)
def test_it_refuses_what_is_wrong_at_a_line_of_the_text(
    engine: str, text: str, context: str | None, line: int | None, words: str
) -> None:
    found = asked(engine, text, context)
    assert (found.outcome, found.line) == (Outcome.REFUSED, line), found
    assert found.message.startswith(words)
    assert '/conf' not in found.message


@pytest.mark.parametrize(('engine', 'text', 'context', 'words'), HOST)
def test_it_tells_faults_of_the_machine_from_those_of_the_text(
    engine: str, text: str, context: str | None, words: str
) -> None:
    found = asked(engine, text, context)
    assert found.outcome is Outcome.HOST, found
    assert words in found.message


@pytest.mark.parametrize('call', ['GeoIP_open("/a.dat")', 'MMDB_open("/a.mmdb")'])
def test_a_database_that_is_missing_is_a_fault_of_the_machine(call: str) -> None:
    """The modules that read one have packages of their own, which few machines have."""
    said = Run(1, f'nginx: [emerg] {call} failed in {nginx.BLOCK}:1\n')
    document = parsed('nginx', 'geoip_country /a.dat;\n', 'http')
    assert nginx._answer(said, document) == Verdict(Outcome.HOST, f'{call} failed', 1)


def test_a_fragment_of_apache_is_asked_about_where_the_lines_in_its_conditions_may_stand() -> None:
    text = '<IfModule mod_authz_core.c>\n    Require all granted\n</IfModule>\n'
    assert asked('apache', text, None) == Verdict(Outcome.ACCEPTED)


@pytest.mark.parametrize('name', ['<Limit GET>', '<LimitExcept all>', '<LimitExcept POST>'])
def test_a_limit_in_one_that_is_not_shown_may_be_right(name: str) -> None:
    end = f'</{name[1:].partition(" ")[0]}>'
    assert asked('apache', f'{name}\n{end}\n', 'limit').outcome is Outcome.WITHHELD
    assert asked('apache', f'{name}\n{end}\n', 'directory') == Verdict(Outcome.ACCEPTED)
    assert asked('apache', f'{name}\nNosuch\n{end}\n', 'directory').outcome is Outcome.REFUSED


def test_what_stands_in_a_domain_may_be_in_one_that_is_not_shown() -> None:
    inside = 'MDCertificateFile /srv/a.pem\n'
    assert asked('apache', inside, None).outcome is Outcome.WITHHELD
    assert asked('apache', inside, 'vhost').outcome is Outcome.REFUSED
    host = f'<VirtualHost *:443>\n{inside}</VirtualHost>\n'
    assert asked('apache', host, None).outcome is Outcome.REFUSED


@pytest.mark.parametrize('context', [None, 'proxy'])
def test_a_member_may_be_in_the_section_of_its_balancer(context: str | None) -> None:
    member = 'BalancerMember http://192.0.2.1\n'
    method = 'ProxySet lbmethod=byrequests\n'
    assert asked('apache', member + method, context) == Verdict(Outcome.ACCEPTED)
    assert asked('apache', f'ServerName a\n{member}', context).outcome is Outcome.REFUSED
    assert asked('apache', f'{member}BalancerMember http:\n', context).line == 2


def test_a_parameter_may_be_that_of_a_single_server() -> None:
    assert asked('apache', 'ProxySet retry=5\n', 'proxy').outcome is Outcome.WITHHELD


def test_uwsgi_starts_without_a_section_and_ignores_the_file() -> None:
    found = asked('uwsgi', '[uwsgi ]\nmaster = true\n', 'file')
    assert found.outcome is Outcome.IGNORED
    assert found.accepts
    assert asked('uwsgi', '[uwsgi]\n', 'file').outcome is Outcome.ACCEPTED  # nothing is lost


def test_what_no_htaccess_may_hold_is_not_called_accepted_there() -> None:
    found = asked('apache', 'AllowOverride None\n', 'htaccess')
    assert found.outcome is Outcome.WITHHELD
    assert found.message == 'apache2 -t reads no .htaccess, where AllowOverride may not stand'
    whole = '<IfModule mod_rewrite.c>\nRewriteEngine on\n</IfModule>\nOptions -Indexes\n'
    assert asked('apache', whole, 'htaccess') == Verdict(Outcome.ACCEPTED)


PATHS = (
    'SSLCertificateFile /srv/a\nDocumentRoot /srv/a/b\nSSLCACertificateFile /srv/a/b/c.pem\n',
    'SSLCertificateFile /usr/x.pem\nSSLCertificateKeyFile /lib/y.pem\n',
    'SSLCertificateFile /etc/passwd/x.pem\n',
    'SSLCertificateFile /srv/../../x.pem\nDocumentRoot /dev/null/x\n',
    f'DocumentRoot /srv/{"a" * 300}\nErrorLog /{"b/" * 3000}c\n',
    'SSLCertificateFile /run/apache2\nSSLCertificateKeyFile /tmp/error.log\n',
    'DocumentRoot /tmp/a\nSSLCertificateFile /tmp/a/x\nSSLCertificateKeyFile /tmp/a\n',
    'DocumentRoot "/srv/\x00/x/y"\nDocumentRoot /srv/\udc80/x\n',
)


@pytest.mark.parametrize('text', PATHS, ids=range(len(PATHS)))
def test_no_path_in_a_text_keeps_the_sandbox_from_starting(text: str) -> None:
    assert asked('apache', text, 'server').outcome is not Outcome.WITHHELD
