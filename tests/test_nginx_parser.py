"""What nginx's words and blocks become, and what is said where they are broken."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document, Statement

NGINX = get_engine('nginx')


def parse(text: str, context: str | None = None) -> Document:
    return NGINX.parse(Source(text, 'block'), context)


def words(statement: Statement) -> list[str]:
    return [statement.name.text, *(word.text for word in statement.arguments)]


def findings(text: str, context: str | None = None) -> list[str]:
    found = check(Source(text, 'block'), 'nginx', context).diagnostics
    return [f'{d.code} {d.place.line}:{d.place.column}' for d in found]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('add_header A "b;c {d}";', ['add_header', 'A', 'b;c {d}']),
        ("set $a 'x\"y';", ['set', '$a', 'x"y']),
        ('set $a "say \\"hi\\" \\\\ \\t\\d";', ['set', '$a', 'say "hi" \\ \t\\d']),
        ('set $a b\\ c;', ['set', '$a', 'b\\ c']),
        ('set $a ${b}c{', ['set', '$a', '${b}c']),
        ('set $a b#c;', ['set', '$a', 'b#c']),
        ('set $a b"c";', ['set', '$a', 'b"c"']),
        ('set\r\n$a\tb\r\n;', ['set', '$a', 'b']),
        ('if ("$a")x {', ['if', '("$a")x']),
        ('set $a "b")c;', ['set', '$a', 'b', ')c']),
    ],
)
def test_words_are_read_as_nginx_reads_them(text: str, expected: list[str]) -> None:
    assert words(parse(text).statements[0]) == expected


def test_a_block_holds_its_statements_and_knows_their_contexts() -> None:
    document = parse('http { server { location / { root /srv; } } }', 'main')
    found = [(s.key, sorted(s.contexts)) for s, _ in document.placed]
    assert found == [
        ('http', ['main']),
        ('server', ['http']),
        ('location', ['server']),
        ('root', ['location']),
    ]


def test_a_server_of_a_fragment_is_of_the_kind_that_all_its_statements_fit() -> None:
    assert findings('server {\n    listen 12345;\n    proxy_pass db:3306;\n}\n') == []
    assert findings('server {\n    protocol imap;\n    listen 143;\n}\n') == []
    assert findings(
        'server {\n    server_name a;\n    location / { }\n    protocol imap;\n}\n'
    ) == ['CFG202 4:5']


def test_the_lines_of_a_fragment_stand_in_one_place_where_there_is_one_for_all() -> None:
    allow, location = parse('allow 10.0.0.0/8;\nlocation / { root /srv; }\n').statements
    assert allow.contexts == location.contexts == {'server', 'location'}
    allow, _events = parse('allow 10.0.0.0/8;\nevents {}\n').statements
    assert {'server', 'rtmp-server'} < allow.contexts


def test_the_lines_of_data_blocks_are_no_directives() -> None:
    document = parse('map $uri $new { default a; listen b; }')
    assert [s.key for s, _ in document.placed] == ['map', 'line of map', 'line of map']
    assert findings('types { application/x-thing thing; }') == []


def test_lua_is_read_over() -> None:
    text = (
        'content_by_lua_block {\n    local t = { "}" } -- }\n    ngx.say([[ } ]])\n}\nroot /srv;\n'
    )
    assert [s.key for s in parse(text).statements] == ['content_by_lua_block', 'root']
    assert findings(text) == []


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('location / {\n    root /a\n}\n', ['NGX101 2:12']),
        ('root /a', ['NGX101 1:8']),
        ('root /a\nindex b\nexpires 1h;\n', ['NGX101 1:8', 'NGX101 2:8']),
        ('listen 80\nserver_name a;\n', ['NGX101 1:10']),
        ('server_name a\n    b\n    c;\n', []),
        ('try_files $uri\n    index;\n', []),
        ('log_format a "b"\n    "c"\n    root;\n', []),
        ('root /a\nlocation / {\n}\n', ['NGX101 1:8']),
        ('server {\n', ['NGX103 1:1']),
        ('server {\n  location /a {\n    root /b;\n\n}\n', ['NGX103 2:3']),
        ('}\n', ['NGX104 1:1']),
        ('{\n}\n', ['NGX104 1:1', 'NGX104 2:1']),
        ('root "/a;\nindex b;\n', ['NGX106 1:6']),
        ('root "/a"b;\n', ['NGX107 1:10']),
        ('\ufeffroot /a;\n', ['NGX109 1:1']),
        ('server {\n    ...\n    root /a;\n    …\n}\n', ['NGX110 2:5', 'NGX110 4:5']),
        ('location ~ ^/a{2}/b{1,}$ {\n}\n', ['NGX112 1:15']),
        ('server_name {{ a b }};\nroot /{{ c }}/{{ d }}/e;\n', ['NGX114 1:13', 'NGX114 2:7']),
        ('server {\n    {{ssl}}\n    root /a;\n}\n', ['NGX114 2:5']),
        ('root "/{{ a }}";  # {{ b }}\n', []),
        ('content_by_lua_block {{ a }}\n', []),
    ],
)
def test_a_broken_text_is_told_where_the_reader_must_type(text: str, expected: list[str]) -> None:
    assert findings(text) == expected


def test_a_line_that_nginx_swallows_without_a_word_is_a_warning() -> None:
    assert findings('server {\n    server_name a\n    root /b;\n}\n') == ['NGX401 3:5']


def test_a_line_of_split_clients_may_go_on_as_nginx_lets_it() -> None:
    assert findings('split_clients $uri $share {\n    50% .one\n    * .two;\n}\n') == []


def test_a_word_of_4096_bytes_is_too_long_and_one_of_4095_is_not() -> None:
    assert findings(f'set $a {"é" * 2048};\n') == ['NGX108 1:8']
    assert findings(f'set $a {"a" * 4095};\n') == []


HOSTILE = {
    'two megabytes': 'location /a { root /b; }\n' * 100_000,
    'deep': 'location / {' * 50_000,
    'deep and closed': 'location / {' * 50_000 + '}' * 50_000,
    'closing braces': '}' * 200_000,
    'quotes': '\'a "b\n' * 50_000,
    'no semicolons': 'root /a\n' * 50_000,
    'NUL': '\0' * 500_000,
    'lone surrogates': '\ud800 \udfff;' * 20_000,
    'backslashes': '\\' * 500_000,
    'dollars': '${' * 500_000,
    'Lua brackets': 'a_by_lua_block {' + '[[' * 200_000,
    'regular expression': f'location ~ "{"(" * 2000}{"a|" * 800}" {{ }}',
    'quantifiers': 'a' + '{1}' * 200_000,
}


@pytest.mark.parametrize('name', HOSTILE)
def test_hostile_text_is_read_in_seconds_and_raises_nothing(name: str) -> None:
    start = time.process_time()
    document = parse(HOSTILE[name])
    assert (
        time.process_time() - start < 120
    )  # a quiet machine needs three; a quadratic run would take hours
    size = len(HOSTILE[name])
    assert all(0 <= p.span.start <= p.span.end <= size for p in document.problems)


@pytest.mark.parametrize(
    ('text', 'claimed'),
    [
        ('server {\n    listen 80;\n}\n', True),
        ('proxy_pass http://127.0.0.1\n', True),
        ('# nothing yet\n', True),
        ('<VirtualHost *:80>\n    ServerName a\n</VirtualHost>\n', False),
        ('Listen 80\nServerName a\n', False),
        ('[uwsgi]\nmaster = true\n', False),
        ('[DEFAULT]\nbind_port = 9292\n', False),
        ('location / {\n    ...\n}\n', True),
    ],
)
def test_nginx_claims_its_own_text_only(text: str, claimed: bool) -> None:
    assert NGINX.claims(text) is claimed
