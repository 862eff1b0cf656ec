"""Apache's expressions: what we read in them, and that Apache reads the same."""

from __future__ import annotations

from itertools import cycle

import pytest

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.engines.apache.expressions import condition, string
from glance_docs_ext.source import Source
from tests.asked import require_engine

RIGHT = (
    'true',
    'not true || ! ! false && (((true)))',
    "%{HTTP_HOST} == 'x' and %{REQUEST_URI} !~ m#^/v2/#i or '' = ''",
    "'x'=~/a/&&true",
    "5 lt 6 || -5 -ge 1 || $1 == '$2'",
    "-n req('X') && !-e %{REQUEST_FILENAME} && -T reqenv('A')",
    "-R '10.0.0.0/8' || 'x' -IPMATCH '2001:db8::/32'",
    "'a' -in { 'x', %{TIME}, tolower(req('a').'b'), 5 } || 'a' in PeerExtList('b')",
    "%{HTTP:X-Real-Ip} == '%{tolower:a %{env:X}} $1 } 100% $'",
    r"'it\'s \101 \q' == " + '"it\'s"',
    "%{SSL:SSL_PROTOCOL} == 'x' || %{ssl_cipher} =~ m,x, || %{HC_BODY} == ''",
)
WRONG = (  # the expression, and the column (from 0) at which we say that it is wrong
    ('', 0),
    ('%{HTTP_HOST}', 12),
    ("'x'", 3),
    ('%{HTTP_HOST} == x', 16),
    ('true true', 5),
    ('true &&', 7),
    ('(true', 0),
    ('true)', 4),
    ("'x' === 'y'", 6),
    ("'x' EQ 'y'", 4),
    ("'x' =~ 'y'", 7),
    ("'x' =~ /y/q", 10),
    ("'x' =~ /y", 7),
    ("'x' =~ m{y}", 7),
    (r"'x' =~ /a\/b/", 11),
    ("'x' in 'y'", 7),
    ("'x' in {}", 8),
    ("'x' in {'a' 'b'}", 12),
    ("('x') == 'y'", 4),
    ("tolower('a', 'b') == 'c'", 11),
    ("-e ('a')", 3),
    ("-ee 'a'", 0),
    ("'%{HTTP_HOST' == 'x'", 1),
    ('%{ HTTP_HOST } == 1', 0),
    ('%{HTTP:} == 1', 0),
    ("%{HTTP:a'b} == 1", 8),
    ("'a", 0),
    (r"'a\499' == 'x'", 2),
    ("'x' == 'y' # why", 11),
    ("@ == 'x'", 0),
    ("%{NOSUCH} == 'x'", 2),
    ("nosuch('X') == 'x'", 0),
    ("-q 'x'", 0),
    ("'x' -nosuch 'y'", 4),
    ("-R '10.0.0.0/99'", 3),
    ("'x' -ipmatch %{REMOTE_ADDR}", 13),
    ("'x' =~ /(x/", 8),
)


def section(expression: str) -> str:
    escaped = expression.replace('\\', '\\\\').replace('"', '\\"')
    return f'<If "{escaped}">\n</If>\n'


@pytest.mark.parametrize('expression', RIGHT)
def test_a_condition_that_is_right_has_no_fault(expression: str) -> None:
    assert condition(expression).fault is None
    assert check(Source(section(expression), 'x'), 'apache').diagnostics == ()


@pytest.mark.parametrize(('expression', 'column'), WRONG)
def test_a_condition_that_is_wrong_has_one_finding_where_it_is_wrong(
    expression: str, column: int
) -> None:
    (found,) = check(Source(section(expression), 'x'), 'apache').diagnostics
    assert found.code in {'APA232', 'APA233'}
    if '\\' not in expression and '"' not in expression:
        assert found.place.column - len('<If "') - 1 == column
        return
    fault = condition(expression).fault
    assert fault is None or fault.start == column


def test_apache_accepts_the_conditions_that_are_right_and_no_other() -> None:
    require_engine('apache')
    every = [''.join(map(section, RIGHT)), *(section(expression) for expression, _ in WRONG)]
    documents = [check(Source(text, 'x'), 'apache', 'server').document for text in every]
    assert [native.verdict(document).accepts for document in documents] == [
        right for right, _ in zip((True, *[False] * len(WRONG)), every, strict=True)
    ]


@pytest.mark.parametrize(
    'line',
    [
        'ErrorDocument 404 "%{NOSUCH}"',
        'SetHandler "proxy:fcgi://%{NOSUCH}"',
        'Header set X "expr=%{NOSUCH}"',
        'RequestHeader set X y "expr=%{NOSUCH} == 1"',
        'CustomLog /tmp/x common "EXPR=%{NOSUCH} == 1"',
        'LogMessage "%{NOSUCH}"',
        'RewriteCond expr "%{NOSUCH} == 1"',
        'SetEnvIfExpr "%{NOSUCH} == 1" a',
        'ProxyHCExpr a {%{NOSUCH} == 1}',
        'ProxyFCGISetEnvIf true A "%{NOSUCH}"',
        '<Location /x>\nRedirect temp "%{NOSUCH}"\n</Location>',
        '<Location /x>\nRequire expr %{NOSUCH} == 1\n</Location>',
        '<Location /x>\nRequire user "%{NOSUCH}"\n</Location>',
        '<Location /x>\nSSLRequire %{NOSUCH} eq "a"\n</Location>',
        '<Location /x>\nAuthName "%{NOSUCH}"\n</Location>',
    ],
)
def test_expressions_are_found_wherever_a_directive_takes_one(line: str) -> None:
    found = check(Source(f'{line}\n', 'x'), 'apache', 'server').diagnostics
    assert [(one.code, 'NOSUCH' in one.message) for one in found] == [('APA233', True)]
    require_engine('apache')
    document = check(Source(f'{line}\n', 'x'), 'apache', 'server').document
    assert 'NOSUCH' in native.verdict(document).message


def test_a_text_is_wrong_only_in_its_variables() -> None:
    assert string('it\'s "100%", $5 } \\n').fault is None
    assert string('a %{b').fault is not None
    assert [name.text for name in string('%{HTTP:a %{b} c} %{d}').names] == ['HTTP', 'b', 'd']


@pytest.mark.parametrize('piece', ['(', '!', "f('a'.", '%{a:', "'a'.", '{', "'a' in {", '%{a:%'])
def test_deep_nesting_takes_neither_long_nor_a_deep_stack(piece: str) -> None:
    condition(piece * 20_000)
    string(piece * 20_000)


def test_any_cut_of_an_expression_is_read_without_an_exception() -> None:
    for expression, read in zip(RIGHT, cycle((condition, string)), strict=False):
        for end in range(len(expression)):
            found = read(expression[:end])
            assert found.fault is None or 0 <= found.fault.start <= found.fault.end <= end
