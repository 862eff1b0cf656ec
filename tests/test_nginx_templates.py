"""Of a template of nginx's configuration only its placeholders are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.inputs import Reader
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
worker_processes {{ processes }};
events {
    worker_connections {{ connections | default(1024) }};
}
http {
    {% if limited %}
    limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s;
    {% endif %}
    upstream app {
        server 127.0.0.1:{{ port }} max_fails=3;
    }
    server {
        listen 80{% if first %} default_server{% endif %};
        ssl_certificate /etc/letsencrypt/live/{domain-name}/fullchain.pem;
        proxy_buffering maybe;
    }
}
"""


def test_what_a_template_fills_in_is_told_once_and_what_stands_around_it_is_read() -> None:
    found = check(Source(TEMPLATE, 'page'), 'nginx').diagnostics
    placeholders = [one.place.line for one in found if one.code == 'NGX114']
    assert placeholders == [1, 3, 6, 8, 10, 13, 13, 14]
    others = [(one.place.line, one.code) for one in found if one.code != 'NGX114']
    assert others == [(15, 'NGX201')]


def test_a_name_in_braces_that_lacks_its_semicolon_is_no_placeholder() -> None:
    text = 'server {\n    location / {internal}\n}\n'
    codes = {one.code for one in check(Source(text, 'page'), 'nginx').diagnostics}
    assert 'NGX114' not in codes


def test_a_file_full_of_placeholders_and_of_other_modules_is_known_for_nginx(
    tmp_path: Path,
) -> None:
    path = tmp_path / 'web.conf'
    path.write_text(
        '{% if fast %}\nuser {{ user }};\n{% endif %}\nevents {}\nhttp {\n'
        '    passenger_root {{ ruby }}/passenger;\n    passenger_ruby {{ ruby }}/ruby;\n'
        '    pagespeed on;\n    pagespeed FileCachePath {{ cache }};\n}\n'
    )
    (read,) = Reader().read(str(path))
    assert [block.engine for block in read.blocks] == ['nginx']


PLACEHOLDERS = """\
events {}
http {
    {{ range .names }}upstream {{ . }} {
        server 127.0.0.1:80;
    }{{ end }}
    map $remote_addr $known {
        {{ address }} 1;
        {{ if more }}default 0;{{ end }}
    }
    <% if tls %>
    ssl_protocols TLSv1.2;
    <% else %>
    server {
        ${SETTINGS}
        location / {
            <%= rest %>
        }
    }
    <% end %>
}
"""


def test_what_chooses_or_stands_for_directives_leaves_those_beside_it_whole() -> None:
    found = check(Source(PLACEHOLDERS, 'page'), 'nginx', 'main').diagnostics
    assert {one.code for one in found} == {'NGX114'}
    assert [one.place.line for one in found] == [3, 3, 5, 7, 8, 8, 10, 12, 14, 16, 19]


def test_what_nginx_takes_for_data_or_a_value_is_no_placeholder() -> None:
    text = 'types {\n    <% end %> foo;\n}\nserver {\n    server_name <%= host %> ${b};\n}\n'
    assert check(Source(text, 'page'), 'nginx').diagnostics == ()


@pytest.mark.parametrize(
    ('line', 'code'),
    [
        ('server { listen ${PORT}; }', 'NGX114'),
        ('server { listen ${port}; }', 'NGX210'),
        ('worker_processes ${WORKERS};', 'NGX114'),
        ('client_max_body_size ${SIZE}m;', 'NGX114'),
        ('limit_req_zone $a zone=a:1m rate=${RATE};', 'NGX114'),
        ('keepalive_timeout ${TIMEOUT};', 'NGX114'),
        ('server { listen <ip>:80; }', 'NGX210'),
        ('server { listen %port%; }', 'NGX210'),
        ('resolver $DNS valid=5s;', 'NGX206'),
        ('upstream a { server ${HOST}:80; }', 'NGX114'),
    ],
)
def test_a_name_that_nobody_has_filled_in_is_no_host(line: str, code: str) -> None:
    found = check(Source(f'{line}\n', 'page'), 'nginx').diagnostics
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize(
    'line',
    [
        'upstream a { zone a 64k; server $host:80 resolve; server unix:/run/${a}.sock; }',
        'location / { proxy_pass http://$host; }',
        'server { listen unix:/run/<a>.sock; }',
    ],
)
def test_where_a_name_is_looked_up_later_it_may_be_any(line: str) -> None:
    assert check(Source(f'{line}\n', 'page'), 'nginx').diagnostics == ()


@pytest.mark.parametrize(
    ('line', 'times'),
    [
        ('server_name {host} www.{host};', 2),
        ('add_header X-Node {node} always;', 1),
        ('proxy_set_header {name} {value};', 2),
        ('listen ${PORT} default_server;', 1),
    ],
)
def test_a_placeholder_with_words_behind_it_has_no_finding_but_its_own(
    line: str, times: int
) -> None:
    found = check(Source(f'server {{\n    {line}\n}}\n', 'page'), 'nginx').diagnostics
    assert [one.code for one in found] == ['NGX114'] * times


@pytest.mark.parametrize(
    'text', ['location / {internal} root /x;', 'if ($a) {break} set $a b;', 'geo $a {default} b c;']
)
def test_the_content_of_a_block_on_one_line_is_no_placeholder(text: str) -> None:
    found = check(Source(f'{text}\n', 'page'), 'nginx').diagnostics
    assert 'NGX114' not in {one.code for one in found}


@pytest.mark.parametrize(
    ('word', 'opening'),
    [
        ('${PORT:-443}', '${PORT:-443}'),
        ('${port:=443}', '${port:=443}'),
        ('127.0.0.1:__PORT__', '__PORT__'),
        ('%%interface%%:%%port%%', '%%interface%%'),
        ('127.0.0.1:%(port)d', '%(port)d'),
        ('127.0.0.1:%[1]d', '%[1]d'),
        ('127.0.0.1:@PORT@', '@PORT@'),
    ],
)
def test_what_a_shell_or_a_program_fills_in_is_told_instead_of_a_wrong_value(
    word: str, opening: str
) -> None:
    (found,) = check(Source(f'server {{\n    listen {word};\n}}\n', 'page'), 'nginx').diagnostics
    assert found.message == f'nginx takes "{opening}" for the value itself'


def test_a_default_of_a_shell_where_nginx_reads_variables_lacks_a_brace_to_it() -> None:
    text = 'access_log ${LOG:-/var/log/nginx/access.log};\n'
    (found,) = check(Source(text, 'page'), 'nginx').diagnostics
    assert found.message.endswith(' for a variable whose brace is missing')


@pytest.mark.parametrize('word', ['a__X__b', '__x__', '%d', '${port}x'])
def test_what_only_resembles_a_placeholder_is_a_wrong_value(word: str) -> None:
    (found,) = check(Source(f'worker_connections {word};\n', 'page'), 'nginx').diagnostics
    assert found.code in {'NGX205', 'NGX206'}
