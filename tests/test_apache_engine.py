"""Our verdicts on Apache configuration against those of the real Apache."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from glance_docs_ext.engines import get_engine
from glance_docs_ext.engines.apache.lines import Line
from glance_docs_ext.engines.apache.words import words
from glance_docs_ext.native.verdicts import ACCEPTED, Outcome
from glance_docs_ext.source import Source
from tests.apache_samples import findings, mutants, refused, samples, text_of
from tests.asked import asked_of_each, require_engine

MUTANTS = 240
SEED = 20261122


def test_apache_accepts_every_sample_that_is_right() -> None:
    paths = samples('ok')
    found = asked_of_each('apache', [(text_of(path), 'server') for path in paths])
    assert {p.name: v for p, v in zip(paths, found, strict=True) if v != ACCEPTED} == {}


def test_apache_refuses_every_sample_that_is_wrong_at_the_line_that_we_name() -> None:
    paths = [path for path in samples('bad') if refused(text_of(path))]
    found = asked_of_each('apache', [(text_of(path), 'server') for path in paths])
    for path, verdict in zip(paths, found, strict=True):
        lines = [d.place.line for d in findings(text_of(path)) if d.severity == 'error']
        assert (path.name, verdict.outcome) == (path.name, Outcome.REFUSED), verdict
        assert verdict.line in lines, f'{path.name}: {verdict.message}'


def test_no_mutant_that_apache_accepts_is_an_error_to_us(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cases = mutants(SEED, MUTANTS)
    verdicts = asked_of_each('apache', [(case.text, 'server') for case in cases])
    alarms, agreed, judged = [], Counter[str](), Counter[str]()
    for case, verdict in zip(cases, verdicts, strict=True):
        if not verdict.accepts and verdict.outcome is not Outcome.REFUSED:
            continue
        ours = refused(case.text)
        judged[case.kind] += 1
        agreed[case.kind] += ours is not verdict.accepts
        if ours and verdict.accepts:
            alarms.append((case.kind, case.origin, [str(d) for d in findings(case.text)]))
    assert judged.total() > 0.8 * MUTANTS
    with capsys.disabled():
        for kind in sorted(judged):
            print(f'\n  {kind:18} {agreed[kind]:3} of {judged[kind]:3} agree', end='')
        print(f'\n  together {agreed.total()} of {judged.total()}')
    assert alarms == []
    assert agreed.total() >= 0.97 * judged.total()


THIRD_WORDS = ('x', '"x', "'x", '"x y"', "'x y'", 'x"y', '"', 'x y', '"x"y', '"x" y')


@pytest.mark.parametrize('operator', ['<', '>='])
def test_what_may_stand_behind_the_bracket_of_an_ifversion_is_what_apache_takes(
    operator: str,
) -> None:
    texts = [f'<IfVersion {operator} 2.4> {words}\n</IfVersion>\n' for words in THIRD_WORDS]
    verdicts = asked_of_each('apache', [(text, 'server') for text in texts])
    assert [verdict.accepts for verdict in verdicts] == [not refused(text) for text in texts]


LIMITED = ('GET', 'HEAD', 'GET POST', 'REPORT', 'GET REPORT')


@pytest.mark.parametrize('outer', ['Limit', 'LimitExcept'])
@pytest.mark.parametrize('inner', ['Limit', 'LimitExcept'])
def test_a_limit_inside_another_is_refused_where_apache_refuses_it(outer: str, inner: str) -> None:
    texts = [
        f'<Location /v2>\n<{outer} {around}>\n<{inner} {methods}>\nRequire valid-user\n'
        f'</{inner}>\n</{outer}>\n</Location>\n'
        for around in LIMITED
        for methods in LIMITED
    ]
    found = asked_of_each('apache', [(text, 'server') for text in texts])
    for text, verdict in zip(texts, found, strict=True):
        assert refused(text) is not verdict.accepts, (text, verdict)


def test_a_limit_inside_one_that_is_refused_is_no_second_fault() -> None:
    nested = ('<Limit GET>', '<Limit POST>', '<Limit PUT>', 'Require valid-user', *['</Limit>'] * 3)
    text = '\n'.join(['<Location /v2>', *nested, '</Location>'])
    assert [(d.code, d.place.line) for d in findings(text)] == [('APA240', 3)]


@pytest.mark.parametrize(
    'text',
    ['SessionCookieName "" path=/\n', 'SessionDBDCookieName ""\n', '<ProxyMatch>\n</ProxyMatch>\n'],
)
def test_what_says_nothing_and_is_accepted_is_no_error(text: str) -> None:
    assert asked_of_each('apache', [(text, 'server')]) == [ACCEPTED]
    assert not refused(text)


def test_our_tree_of_the_samples_is_that_of_apache() -> None:
    """``-DDUMP_CONFIG`` prints what the engine read: names, arguments, lines."""
    require_engine('apache')
    pytest.importorskip('elftools', reason='pyelftools is not installed')
    from tools.catalogues.apache_engine import dump  # noqa: PLC0415 - needs pyelftools

    paths = [path for path in samples('ok') if 'ErrorLog' not in text_of(path)]
    assert len(paths) > 5
    for path, output in zip(paths, dump(text_of(path) for path in paths), strict=True):
        assert _ours(text_of(path)) == _theirs(output), path.name


def _ours(text: str) -> list[tuple[int, str, list[str]]]:
    """List the directives with the line their last part stands on, as the engine counts it."""
    apache = get_engine('apache')
    document = apache.parse(Source(text, 'x.conf'), 'server')
    return [
        (
            document.source.line_number(statement.span.end),
            statement.key,
            [word.text for word in statement.arguments],
        )
        for statement, _scope in document.placed
        if not any('read-time' in entry.flags for entry in apache.catalogue[statement.key])
    ]


def _theirs(output: str) -> list[tuple[int, str, list[str]]]:
    """Take the engine's print apart: ``# N:`` and the directive below it."""
    found = []
    inside = False
    number = 0
    for line in output.split('\n'):
        if line.startswith('# In file:'):
            inside = line.rstrip().endswith('.conf')
        elif match := re.fullmatch(r'\s*#\s+(\d+):', line):
            number = int(match[1])
        elif inside and number and not line.lstrip().startswith(('</', '#')):
            name, _, rest = line.strip().partition(' ')
            if name.startswith('<'):
                name, rest = name.removesuffix('>'), rest.rstrip().removesuffix('>')
            split = [word.text for word in words(Line(rest, 0), 0, len(rest))]
            found.append((number, name.lower(), split))
            number = 0
    return found
