"""What a finding about nginx says to do is what helps: for a variable, a shell's or a program's."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.source import Source

NO_VARIABLE = 'nginx puts no variable in here: write the value itself'


def remedies(text: str, context: str | None = None) -> list[tuple[str, str]]:
    return [(d.code, d.help) for d in check(Source(text, 'page'), 'nginx', context).diagnostics]


@pytest.mark.parametrize(
    ('text', 'code'),
    [
        ('proxy_read_timeout $patience;', 'NGX204'),
        ('client_body_buffer_size ${buffer}k;', 'NGX203'),
        ('proxy_cache_min_uses $most;', 'NGX205'),
        ('gzip $packed;', 'NGX201'),
        ('uwsgi_cache_valid 200 $fresh;', 'NGX206'),
        ('proxy_cache_path /srv keys_zone=a:1m inactive=$idle;', 'NGX206'),
    ],
)
def test_a_variable_where_nginx_looks_for_none_is_told_as_such(text: str, code: str) -> None:
    assert remedies(f'{text}\n') == [(code, NO_VARIABLE)]


def test_a_variable_within_other_text_gets_the_usual_remedy() -> None:
    ((_code, remedy),) = remedies('proxy_read_timeout 5$unit$other;\n')
    assert remedy.startswith('write whole numbers')


@pytest.mark.parametrize(
    ('text', 'remedy'),
    [
        ('server {\n    listen 80;\n    // the port\n    root /srv;\n}\n', 'a comment begins'),
        ('server {\n    $COMMON\n    listen 80;\n}\n', 'nginx puts no value in here'),
        ('server {\n    ${first}listen 80;\n}\n', 'nginx puts no value in here'),
        ('location / {\n    add_header A $(hostname);\n}\n', 'show what a shell puts in'),
        ('location / {\n    add_header A $$host;\n}\n', 'write one "$"'),
        ('server {\n\u00a0   listen 80;\n}\n', 'a blank that is none'),
        ('if ($a = b) {\n    return 200;\n} else {\n    return 201;\n}\n', 'nginx has no else'),
        ('if ($a = b && $c = d) {\n    return 200;\n}\n', 'it has no "and"'),
        ('if ($a == b) {\n    return 200;\n}\n', 'write one "="'),
        ('proxy_next_upstream error, timeout;\n', 'take the "," away'),
        ('if (!$a) {\n    return 200;\n}\n', 'write ($variable = "")'),
        ('server {\n    <Location /v2>\n    root /srv;\n    }\n}\n', 'it is a section of Apache'),
    ],
)
def test_what_is_no_name_of_a_directive_or_variable_is_told_by_what_it_is(
    text: str, remedy: str
) -> None:
    assert any(said.startswith(remedy) for _code, said in remedies(text)), remedies(text)


def test_doubled_braces_are_told_as_those_of_a_program() -> None:
    found = remedies('http {{\n    server {{\n        listen 80;\n    }}\n}}\n')
    assert {said for code, said in found if code == 'NGX104'} == {
        'a program that doubles its braces writes one of the two: show what it writes'
    }
    ((code, said),) = remedies('server {\n    location / {\n    }}\n}\n')
    assert (code, said.split(',')[0]) == ('NGX104', 'take it away')


def test_a_directive_of_an_unknown_module_may_be_what_a_server_passes_on_with() -> None:
    text = 'stream {\n    server {\n        listen 53 udp;\n        answer_dns on;\n    }\n}\n'
    assert [code for code, _ in remedies(text)] == ['CFG201']


@pytest.mark.parametrize(
    ('line', 'instead'),
    [
        ('root /srv\u00a0;', 'a blank of the keyboard'),
        ('root /srv\u200b;', 'a blank of the keyboard'),
        ('return 200 \u201cok\u201d;', 'a straight quote'),
        ('return 200 a\uff1b;', '";"'),
    ],
)
def test_a_character_that_only_looks_like_one_of_nginx_is_told_with_what_is_meant(
    line: str, instead: str
) -> None:
    assert remedies(f'location / {{\n    {line}\n}}\n') == [('NGX404', f'type it anew: {instead}')]
