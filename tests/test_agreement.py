"""The small part of the differential bench; ``tox -e agreement`` runs all of it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.rule import READING, Rule
from glance_docs_ext.rules import all_rules
from tests.asked import require_engine
from tests.engines import require
from tools.agreement import __main__ as bench
from tools.agreement import published, table
from tools.agreement.__main__ import SEED
from tools.agreement.cases import LEAST, Case, cases, originals, without_other_files
from tools.agreement.generated import generated
from tools.agreement.judge import Answer, judge
from tools.agreement.mutants import KINDS
from tools.agreement.published import RUNS, TABLE, publish

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = 60
AGREED = 0.95  # so few cases tell little; the table of the whole bench is the measure


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_the_same_seed_gives_the_same_cases(engine: str) -> None:
    number = len([*originals(engine)]) + 100  # the originals are all taken, whatever the seed
    assert cases(engine, number, SEED) == cases(engine, number, SEED)
    assert cases(engine, number, SEED) != cases(engine, number, SEED + 1)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_every_name_of_the_catalogue_stands_in_every_context(engine: str) -> None:
    found = list(generated(engine, SEED))
    contexts = {context for _, _, _, context in found}
    known = [
        entries
        for entries in ENGINES[engine].catalogue.entries.values()
        if not entries[0].package  # a third party's, which the engine here need not have
    ]
    assert {name for _, name, _, _ in found} == {entry.name for one in known for entry in one}
    assert len(found) == 2 * len(contexts) * len(known)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_whole_run_asks_about_every_name_in_every_context(engine: str) -> None:
    every = cases(engine, None, SEED)
    assert len(every) >= LEAST[engine]
    assert {Case(engine, *one) for one in generated(engine, SEED)} <= set(every)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_mutants_have_every_kind_of_fault(engine: str) -> None:
    assert {case.kind for case in cases(engine, 3000, SEED)} >= set(KINDS)


@pytest.mark.parametrize('engine', sorted(ENGINES))
def test_a_sample_of_the_bench_has_no_false_alarm(engine: str) -> None:
    require_engine(engine)
    every = cases(engine, 1000, SEED)
    given = every[:: len(every) // NUMBER]
    answers = [judge(case) for case in given]
    assert [one for one in answers if one.relation == 'false alarm'] == []
    judged = [one for one in answers if one.relation != 'not judged']
    assert len(judged) > NUMBER / 2
    misses = [(one.case.text, one.engine_says) for one in judged if one.relation == 'miss']
    assert len(misses) <= (1 - AGREED) * len(judged), misses


@pytest.mark.parametrize(
    ('engine', 'text', 'relation', 'same_line'),
    [
        ('apache', 'KeepAlive On\n', 'both accept', None),
        ('apache', 'ServerName x\nKepAlive On\n', 'both refuse', True),
        ('apache', 'Include /etc/passwd\n', 'not judged', None),
        ('nginx', 'http {\n  lisen 80;\n}\nevents { }\n', 'both refuse', True),
        ('uwsgi', '[uwsgi]\nprocesses = 2\ncheaper = 2\n', 'both accept', None),
        ('uwsgi', '[uwsgi ]\nmaster = true\n', 'both refuse', None),
    ],
)
def test_the_judge_compares_both_verdicts(
    engine: str, text: str, relation: str, same_line: bool | None
) -> None:
    require_engine(engine)
    found = judge(Case(engine, 'test', 'here', text, None))
    assert (found.relation, found.same_line) == (relation, same_line)


def answer(kind: str, relation: str, same_line: bool | None = None) -> Answer:
    return Answer(Case('nginx', kind, 'here', '', None), relation, same_line, '', ())


def test_the_table_counts_what_was_judged_and_rounds_down() -> None:
    answers = [answer('cut', 'both refuse', True)] * 1999
    answers += [answer('cut', 'miss'), answer('sample', 'not judged')]
    rows = table.rows(answers)
    assert rows[0] == (
        *('nginx', 'all', '2001', '0', '1999', '0', '1', '1', '99.95 %', '100.00 %'),
    )
    assert [row[1] for row in rows] == ['all', 'cut', 'sample']
    assert rows[2][-2:] == ('', '')


def test_the_table_is_printed() -> None:
    text = table.as_text(table.rows([answer('cut', 'both accept')]))
    assert text.startswith('Engine  Kind  Cases')
    assert '100.00 %' in text


def test_a_run_replaces_the_rows_of_its_engines_on_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require('nginx')
    monkeypatch.setattr(published, 'TABLE', tmp_path / 'table.csv')
    monkeypatch.setattr(published, 'RUNS', tmp_path / 'runs.csv')
    (tmp_path / 'table.csv').write_text('Engine,Kind\napache,all\nnginx,all\nnginx,old\n')
    publish(table.rows([answer('cut', 'both accept')]), SEED)
    rows = list(csv.reader((tmp_path / 'table.csv').read_text().splitlines()))
    assert [row[:2] for row in rows[1:]] == [['apache', 'all'], ['nginx', 'all'], ['nginx', 'cut']]
    runs = list(csv.DictReader((tmp_path / 'runs.csv').read_text().splitlines()))
    assert [(run['Server'], run['Cases']) for run in runs] == [('nginx', '1')]
    assert runs[0]['Version'].count('.') == 2


def test_a_run_with_another_version_is_one_more_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(published, 'TABLE', tmp_path / 'table.csv')
    monkeypatch.setattr(published, 'RUNS', tmp_path / 'runs.csv')
    for version, relation in (('1.22.1', 'miss'), ('1.30.6', 'miss'), ('1.22.1', 'both accept')):
        monkeypatch.setattr(published, 'installed', lambda _engine, found=version: found)
        rows = table.rows([answer('cut', relation)])
        publish(rows, SEED, by_kind=version == '1.22.1')
    runs = list(csv.DictReader((tmp_path / 'runs.csv').read_text().splitlines()))
    assert [(run['Version'], run['Misses']) for run in runs] == [('1.22.1', '0'), ('1.30.6', '1')]
    kinds = list(csv.DictReader((tmp_path / 'table.csv').read_text().splitlines()))
    assert {kind['Miss'] for kind in kinds} == {'0'}


def test_the_published_table_has_no_false_alarm() -> None:
    rows = list(csv.DictReader(TABLE.read_text(encoding='utf-8').splitlines()))
    assert {row['Engine'] for row in rows} == set(ENGINES)
    assert [row for row in rows if row['False alarm'] != '0'] == []
    runs = list(csv.DictReader(RUNS.read_text(encoding='utf-8').splitlines()))
    assert [run for run in runs if run['False alarms'] != '0'] == []


def test_the_page_names_the_errors_in_one_block_that_are_not_compared() -> None:
    page = TABLE.with_name('agreement.rst').read_text(encoding='utf-8')
    left_out = {
        rule.code.lower()
        for rule in all_rules()
        if isinstance(rule, Rule)
        and rule.severity is Severity.ERROR
        and rule.code[3] not in READING
    }
    assert left_out
    assert {code for code in left_out if f':ref:`{code}`' not in page} == set()


def test_a_folder_of_configurations_gives_them_and_their_mutants(tmp_path: Path) -> None:
    (tmp_path / 'sites').mkdir()
    (tmp_path / 'sites' / 'site.conf').write_text('ServerName x\nKeepAlive On\n' * 5)
    (tmp_path / '.htaccess').write_text('Options None\n')
    (tmp_path / 'notes.xyz').write_text('KeepAlive On\n')
    found = cases('apache', 30, SEED, tmp_path)
    originals = [(case.origin, case.context) for case in found if case.kind == 'file']
    assert sorted(originals) == [('.htaccess', 'htaccess'), ('sites/site.conf', 'server')]
    assert len(found) == 30
    assert {case.origin for case in found} == {'.htaccess', 'sites/site.conf'}
    assert cases('nginx', 30, SEED, tmp_path) == []


@pytest.mark.parametrize(
    ('folder', 'words'), [('none', 'cannot read'), ('empty', 'nothing to ask about in')]
)
def test_a_folder_without_configurations_is_said_and_no_success(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    words: str,
) -> None:
    monkeypatch.setattr(bench, 'DIFFERENCES', tmp_path / 'build')
    (tmp_path / 'empty').mkdir()
    with pytest.raises(SystemExit) as ended:
        bench.main(['--engine', 'nginx', '--files', str(tmp_path / folder), '--workers', '1'])
    assert ended.value.code == 2
    assert f'python -m tools.agreement: {words}' in capsys.readouterr().err


@pytest.mark.parametrize(
    ('engine', 'text', 'rest'),
    [
        (
            'apache',
            'LoadModule a b.so\nInclude \\\n x.conf\nTimeout 5\n',
            ['', '', '', 'Timeout 5'],
        ),
        (
            'apache',
            '<IfModule mod_none.c>\nInclude x.conf\n</IfModule>\n',
            ['<IfModule mod_none.c>', '', '</IfModule>'],
        ),
        (
            'nginx',
            'include a; gzip on;\ninclude mime.types;\n',
            ['gzip on;', 'include mime.types;'],
        ),
        ('uwsgi', '[uwsgi]\nini = a.ini\nini = :b\n[b]\n', ['[uwsgi]', '', 'ini = :b', '[b]']),
    ],
)
def test_the_lines_that_read_other_files_are_left_out(
    engine: str, text: str, rest: list[str]
) -> None:
    left = without_other_files(engine, text, None)
    assert [line.strip() for line in left.splitlines()] == rest
    assert len(left) == len(text)
