"""check and check_deployment: a block in, findings out, always in the same order."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check, check_deployment, in_order
from glance_docs_ext.diagnostics import Diagnostic, Severity, UnknownEngineError
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.source import Place, Source


def finding(code: str, line: int, column: int, message: str = '') -> Diagnostic:
    place = Place('a.ini', line, column, line, column + 1)
    return Diagnostic(code, 'some-name', Severity.WARNING, place, message)


def test_findings_are_sorted_by_place_then_code_then_message() -> None:
    wanted = [
        finding('CFG203', 1, 9),
        finding('CFG201', 2, 1, 'a'),
        finding('CFG201', 2, 1, 'b'),
        finding('UWS401', 2, 1),
        finding('CFG101', 10, 1),
    ]
    assert list(in_order(reversed(wanted))) == wanted


def test_the_same_finding_twice_is_one() -> None:
    assert in_order([finding('CFG201', 1, 1)] * 3) == (finding('CFG201', 1, 1),)


def test_all_faults_of_a_block_are_found_at_once_each_in_its_place() -> None:
    text = '[uwsgi]\nproceses = 4\nmaster = true\nhttp-soket = :80\n'
    found = check(Source(text, 'app.ini'), 'uwsgi').diagnostics
    assert [(str(d.place), d.code) for d in found] == [
        ('app.ini:2:1', 'CFG201'),
        ('app.ini:4:1', 'CFG201'),
    ]
    assert found[0].help == "did you mean 'processes'?"


MISPLACED = {
    'apache': {
        '<Directory /srv>\nTimeout forever\nListen x\n</Directory>': '2 CFG202, 3 CFG202',
        '<AuthnProviderAlias file a>\nTimeout x\n</AuthnProviderAlias>': '2 APA246',
        '<VirtualHost *:80>\n<RequireAll>\n</RequireAll>\n</VirtualHost>': '2 CFG202',
        '<Directory /srv>\nTimeout \\\nx\nOptions \\\nx\n</Directory>': '2 CFG202, 5 APA209',
    },
    'nginx': {
        'events {\nif ($a == b) { root /a; }\n}': '2 CFG202',
        'server {\nupstream a { keepalive 8; } expires x;\n}': '2 CFG202, 2 NGX206',
    },
}


@pytest.mark.parametrize(
    ('engine', 'text'), [(engine, text) for engine, texts in MISPLACED.items() for text in texts]
)
def test_of_a_statement_in_a_wrong_place_only_that_is_said(engine: str, text: str) -> None:
    found = check(Source(f'{text}\n', 'f'), engine).diagnostics
    said = ', '.join(f'{one.place.line} {one.code}' for one in found)
    assert said == MISPLACED[engine][text]


def test_syntax_that_is_wrong_in_a_wrong_place_is_told_as_well() -> None:
    text = 'events {\n    add_header X-Path "/srv"/glance;\n}\n'
    found = check(Source(text, 'f'), 'nginx').diagnostics
    assert {one.code for one in found} == {'CFG202', 'NGX107'}


def test_an_engine_that_does_not_exist_is_refused_and_those_that_do_are_listed() -> None:
    with pytest.raises(UnknownEngineError, match=r"'lighttpd'.*apache, nginx, uwsgi"):
        check(Source('', 'f'), 'lighttpd')


@pytest.mark.parametrize('engine', sorted(ENGINES))
@pytest.mark.parametrize('text', ['', '\n', '   \n\t\n', '# only a comment', '# one\n# two\n'])
def test_a_block_that_says_nothing_has_no_fault(engine: str, text: str) -> None:
    checked = check(Source(text, 'f'), engine)
    codes = {d.code for d in checked.diagnostics if d.severity.fails}
    # uWSGI ignores a file that has no [uwsgi] section, and the rule about that may say so.
    assert codes <= ({'UWS101'} if engine == 'uwsgi' else set())
    assert check_deployment([checked.document]) == ()


@pytest.mark.parametrize('engine', sorted(ENGINES))
@pytest.mark.parametrize(
    'text',
    [
        'a\x00b\n',
        '\ufeff[uwsgi]\nmaster = true\n',
        '[uwsgi]\r\nmaster = true\r\n',
        '<VirtualHost *:80>\r\n</VirtualHost>\r\n',
        'x \ud800\udfff y\n',
        '"\n',
        "'\n",
        '\\',
        '%',
        '{' * 1000,
        '}' * 1000,
        '<' * 1000,
        '</' * 1000,
        '[' * 1000,
        '${' * 1000,
        '%(' * 1000,
    ],
)
def test_bad_input_gives_findings_never_an_exception(engine: str, text: str) -> None:
    for context in (None, *ENGINES[engine].contexts):
        checked = check(Source(text, 'f'), engine, context)
        check_deployment([checked.document])
        assert all(d.place.path == 'f' and d.place.line >= 1 for d in checked.diagnostics)


def test_a_deployment_of_no_blocks_has_no_fault() -> None:
    assert check_deployment([]) == ()


def test_info_is_the_only_severity_that_does_not_fail() -> None:
    assert [severity for severity in Severity if not severity.fails] == [Severity.INFO]
