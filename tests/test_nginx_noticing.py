"""A finding tells the line that nginx names, where that is not the line in which to type."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import NOTICED, Severity
from glance_docs_ext.source import LineOrigin, Source
from tests.asked import asked_of_each

# what is around it, the text, the line of the finding, the line that nginx names
CASES = [
    ('a directive swallows the next line', 'http {\nserver {\nroot /a\nindex b;\n}\n}', 3, 4),
    ('a directive meets the brace', 'http {\nserver {\nroot /a\n\n}\n}', 3, 5),
    ('a directive meets a block', 'http {\nserver {\nroot /a\nlocation / { }\n}\n}', 3, 4),
    ('a comment takes the semicolon', 'http {\nroot /a #;\n\n}', 2, 4),
    ('nothing follows', 'http {\nserver { }\n}\npid /a\n\n', 4, 6),
    ('listen refuses a name', 'http {\nserver {\nlisten 80\nserver_name x;\n}\n}', 3, 4),
    ('a line of map', 'http {\nmap $uri $x {\n/a /b\n/c /d;\n}\n}', 3, 4),
    ('a line of types', 'http {\ntypes {\na/b c\n}\n}', 3, 4),
    ('no brace opens', 'http {\nserver {\nlocation /a\nroot /b;\n}\n}\n}', 3, 4),
    ('no brace closes', 'http {\nserver {\nroot /a;\n\n}\n', 1, 6),
    ('no brace closes the inner block', 'http {\n server {\n  root /a;\n}\n', 2, 5),
    ('a block is where it may not be', 'http {\n server {\n  root /a;\n server {\n }\n}\n', 2, 4),
    ('the quote ends the text', 'http {\nroot "/a;\n}\n', 2, 4),
    ('the quote is closed by another', 'http {\nadd_header A "b;\nadd_header C "d";\n}\n', 2, 3),
    ('the quote is closed far below', "http {\nroot '/a;\nindex b;\ncharset 'c';\n}\n", 2, 4),
    ('a quote inside two', 'http {\nroot "/a;\n\nindex "b;\n}\n', 2, 4),
    ('dots before a directive', 'http {\n...\nroot /a;\n}\n', 2, 3),
    ('an unknown name runs on', 'http {\nrot /a\n/b;\n}\n', 2, 3),
    ('an argument is missing', 'http {\nroot\n;\n}\n', 2, 3),
    ('an upstream is empty', 'http {\nupstream a {\n keepalive 4;\n\n}\n}\n', 2, 5),
    ('a cache is not defined', 'http {\nserver { }\nproxy_cache x;\n}\n', 3, 4),
    (
        'buffers are out of proportion',
        'http {\nserver {\n location / {\n  proxy_buffer_size 16k;\n }\n}\n}\n',
        *(4, 7),
    ),
]  # fmt: skip


def lines(text: str) -> list[tuple[int, list[int]]]:
    """Return the line of each error, and what it says that nginx names."""
    found = check(Source(text, 'nginx.conf'), 'nginx', 'main').diagnostics
    return [
        (d.place.line, [seen.place.line for seen in d.related if seen.message == NOTICED])
        for d in found
        if d.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(('text', 'line', 'named'), [pytest.param(*c[1:], id=c[0]) for c in CASES])
def test_a_finding_tells_where_nginx_notices(text: str, line: int, named: int) -> None:
    assert (line, [named]) in lines(text)


def test_nginx_names_these_lines() -> None:
    said = asked_of_each('nginx', [(f'events {{ }} {text}', 'main') for _, text, _, _ in CASES])
    assert [(case[0], verdict.line) for case, verdict in zip(CASES, said, strict=True)] == [
        (case[0], case[3]) for case in CASES
    ]


@pytest.mark.parametrize(
    'text',
    [
        'events { }\nhttp {\nrot /a;\n}\n',
        'events { }\nhttp {\nroot /a /b;\n}\n',
        'events { }\nhttp {\nadd_header A "b"c;\n}\n',
        'events { }\nhttp {\nroot /a;;\n}\n',
        'events { }\nhttp {\nserver { }\nlog_format a "$nothing\n$host";\naccess_log /a a;\n}\n',
        'events { }\nhttp {\nserver { }\nlimit_req\nzone=none;\n}\n',
    ],
    ids=['name', 'count', 'behind a quote', 'twice', 'variable', 'zone'],
)
def test_nothing_is_told_where_nginx_names_the_same_line_or_none(text: str) -> None:
    assert [named for _, named in lines(text)] == [[]]


def test_a_warning_has_no_such_line() -> None:
    text = 'server_name a\nlisten 80;\n'
    found = check(Source(text, 'a.conf'), 'nginx', 'server').diagnostics
    assert [d.severity for d in found if d.severity is Severity.ERROR] == []
    assert [d.related for d in found if d.related] == []


def test_the_line_of_a_block_is_the_line_of_its_page() -> None:
    text = 'root /a\n\n'
    origins = tuple(
        LineOrigin('page.rst', 10 + n, 3, f'   {t}') for n, t in enumerate(text.split('\n'))
    )
    (found,) = check(Source(text, 'page.rst', origins), 'nginx').diagnostics
    assert [(seen.place.path, seen.place.line) for seen in found.related] == [('page.rst', 12)]


def test_many_faults_cost_no_more_than_a_few_readings() -> None:
    text = 'root /a\nindex b;\n' * 50_000
    found = check(Source(text, 'nginx.conf'), 'nginx', 'http').diagnostics
    assert 0 < sum(NOTICED in [seen.message for seen in d.related] for d in found) <= 20


@pytest.mark.parametrize('opened', ['http {\n', 'root "/a;\n', "root '/a\n"])
def test_a_line_that_is_very_far_is_not_looked_for(opened: str) -> None:
    text = opened + '# a comment that takes up room\n' * 10_000
    found = check(Source(text, 'nginx.conf'), 'nginx').diagnostics
    assert {d.related for d in found} == {()}
