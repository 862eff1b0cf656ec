"""What nginx took up since the version that is installed, and what it has not at all."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.source import Source

NEWER = {
    'geo': 'geo $upstream_last_addr $is_near {\n    volatile;\n    10.10.0.0/24 1;\n}\n',
    'tunnel': 'server {\n    listen 8000;\n    tunnel_pass;\n    tunnel_read_timeout 5s;\n}\n',
    'upstream': (
        'upstream up {\n'
        '    zone up 64k;\n'
        '    least_time header inflight;\n'
        '    server 127.0.0.1:80 route=a;\n'
        '    server 127.0.0.1:81 route=b drain;\n'
        '    sticky cookie srv_id expires=1h path=/;\n'
        '    keepalive 32 local;\n'
        '}\n'
    ),
    'server': (
        'server {\n'
        '    max_headers 100;\n'
        '    add_header_inherit merge;\n'
        '    client_body_early_read 1;\n'
        '    location / {\n'
        '        proxy_pass http://127.0.0.1;\n'
        '        proxy_http_version 2;\n'
        '        proxy_socket_rcvbuf max;\n'
        '    }\n'
        '}\n'
    ),
    'json': (
        'events {}\n'
        'http {\n'
        '    json_set $user $arg_data user.name;\n'
        '    server {\n'
        '        return 200 "$user $request_port $is_request_port $ssl_sigalg";\n'
        '    }\n'
        '}\n'
    ),
    'predicates': (
        'server {\n'
        '    location $arg_a {\n'
        '        location = /exact {\n'
        '            return 204;\n'
        '        }\n'
        '    }\n'
        '    location /nested {\n'
        '        location $arg_b {\n'
        '            return 204;\n'
        '        }\n'
        '    }\n'
        '}\n'
    ),
    'stream': (
        'events {}\n'
        'stream {\n'
        '    proxy_ssl_alpn h2 http/1.1;\n'
        '    map $remote_addr $version {\n'
        '        default on;\n'
        '    }\n'
        '    server {\n'
        '        listen 1;\n'
        '        proxy_pass 127.0.0.1:9;\n'
        '        proxy_protocol v2;\n'
        '    }\n'
        '    server {\n'
        '        listen 2;\n'
        '        proxy_pass 127.0.0.1:9;\n'
        '        proxy_protocol $version;\n'
        '    }\n'
        '}\n'
    ),
}

MEASURED = {  # read out of the tables of nginx 1.26.3 and 1.30.6, and asked of them
    'the name of a stream': (
        'events {}\n'
        'stream {\n'
        '    log_format named $server_name;\n'
        '    server {\n'
        '        listen 1;\n'
        '        pass 127.0.0.1:9;\n'
        '    }\n'
        '}\n'
    ),
    'encrypted hello': (
        'server {\n'
        '    listen 443 ssl;\n'
        '    ssl_certificate a.pem;\n'
        '    ssl_certificate_key a.key;\n'
        '    ssl_ech_file a.ech;\n'
        '    ssl_ech_file b.ech;\n'
        '    return 200 $ssl_ech_status$ssl_ech_outer_server_name;\n'
        '}\n'
    ),
    'modules of Debian 13': (
        'server {\n'
        '    location / {\n'
        '        auth_gss on;\n'
        '        auth_gss_keytab /etc/krb5.keytab;\n'
        '        push_stream_subscriber;\n'
        '        zstd on;\n'
        '    }\n'
        '}\n'
    ),
}

PLUS = """\
upstream up {
    zone up 64k;
    server 127.0.0.1:80 slow_start=30s;
    queue 100 timeout=70;
}
match is_well {
    status 200-399;
    header Content-Type = text/html;
    body !~ "maintenance mode";
}
server {
    status_zone site;
    location / {
        proxy_pass http://up;
        health_check match=is_well;
    }
}
"""

ACME = """\
acme_issuer example {
    uri https://acme.example.com/directory;
    contact admin@example.test;
    ssl_verify maybe;
    accept_terms_of_service;
}
server {
    listen 443 ssl;
    acme_certificate example;
    ssl_certificate $acme_certificate;
    ssl_certificate_key $acme_certificate_key;
}
"""


OBSOLETE = 'http2_max_concurrent_pushes many;\nhttp2_push_preload perhaps;\n'


def told(text: str, version: str = '') -> list[tuple[int, str, str]]:
    found = check(Source(text, 'page'), 'nginx', None, version).diagnostics
    return [(one.place.line, one.code, one.help) for one in found]


@pytest.mark.parametrize('text', [*NEWER.values(), *MEASURED.values()], ids=[*NEWER, *MEASURED])
def test_what_newer_versions_take_is_no_fault(text: str) -> None:
    assert told(text) == []


def test_what_was_a_switch_once_is_one_in_its_version() -> None:
    found = told(OBSOLETE, '1.22.1')
    assert [(line, code) for line, code, _help in found] == [(1, 'NGX205'), (2, 'NGX201')]


def test_what_is_of_no_account_any_more_may_say_anything() -> None:
    assert [(line, code) for line, code, _help in told(OBSOLETE)] == [(1, 'NGX303'), (2, 'NGX303')]


def test_a_word_that_no_newer_table_lists_is_a_fault() -> None:
    found = told('server {\n    add_header_inherit yes;\n}\n')
    assert found == [(2, 'NGX202', 'it takes: merge, off, on')]


@pytest.mark.parametrize('text', NEWER.values(), ids=NEWER)
def test_what_newer_versions_take_is_one_of_an_older_version(text: str) -> None:
    assert told(text, '1.28.0') != []


def test_what_is_of_the_subscription_is_told_so_and_its_blocks_are_left_alone() -> None:
    found = told(PLUS)
    assert [(line, code) for line, code, _help in found] == [
        (3, 'NGX214'),
        (4, 'CFG201'),
        (6, 'CFG201'),
        (12, 'CFG201'),
        (15, 'CFG201'),
    ]
    assert all('commercial subscription (NGINX Plus)' in words for *_, words in found)


def test_what_belongs_to_a_module_of_its_own_names_the_module() -> None:
    found = told(ACME)
    assert [(line, code) for line, code, _help in found] == [(1, 'CFG206')]
    assert all('ngx_http_acme_module, a module with a package' in words for *_, words in found)


@pytest.mark.parametrize(
    ('line', 'owner'),
    [
        ('passenger_env_var RAILS_ENV production;', 'Phusion Passenger'),
        ('vhost_traffic_status_display_format html;', 'nginx-module-vts'),
        ('vod_segment_duration 9000;', 'nginx-vod-module'),
        ('CheckRule "$SQL >= 8" BLOCK;', 'NAXSI'),
        ('pagespeed EnableFilters trim_urls;', 'ngx_pagespeed'),
        ('check interval=3000 rise=2 fall=5 timeout=1000;', 'nginx_upstream_check_module'),
        ('upload_pass @after;', 'nginx-upload-module'),
        ('shib_request /shibauthorizer;', 'nginx-http-shibboleth'),
    ],
)
def test_what_belongs_to_a_module_of_others_names_the_module(line: str, owner: str) -> None:
    text = f'server {{\n    location / {{\n        {line}\n    }}\n}}\n'
    assert told(text) == [(3, 'CFG206', f'it belongs to {owner}: an nginx with that takes it')]


def test_a_module_of_others_is_told_once_and_what_stands_beside_is_judged() -> None:
    lines = ('drizzle_server 127.0.0.1;', 'drizzle_keepalive max=9;', 'kepalive 2;')
    text = '\n    '.join(('upstream up {', *lines)) + '\n}\n'
    assert [(line, code) for line, code, _help in told(text)] == [(2, 'CFG206'), (4, 'CFG201')]


def test_lua_stands_in_stream_as_well() -> None:
    text = (
        'events {}\n'
        'stream {\n'
        '    lua_shared_dict seen 1m;\n'
        '    upstream up {\n'
        '        server 0.0.0.1:1234;\n'
        '        balancer_by_lua_block {\n'
        '            ngx.log(ngx.ERR, "{")\n'
        '        }\n'
        '    }\n'
        '    server {\n'
        '        listen 1234;\n'
        '        preread_by_lua_block { ngx.exit(ngx.OK) }\n'
        '        proxy_pass up;\n'
        '    }\n'
        '    server {\n'
        '        listen 1235;\n'
        '        content_by_lua_block { ngx.say("hello") }\n'
        '    }\n'
        '}\n'
    )
    assert told(text) == []


def test_who_loads_a_module_that_nobody_knows_may_have_names_of_its_own() -> None:
    text = 'load_module modules/ngx_http_%s_module.so;\nevents {}\nhttp {\n    brotly on;\n}\n'
    assert told(text % 'mine') == []
    assert [code for _line, code, _help in told(text % 'brotli_filter')] == ['CFG201']
