"""A rule or a reader that fails is told as a fault of ours, and the rest goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext import checker, inputs, verdicts
from glance_docs_ext.checker import check, check_deployment, fault, reread
from glance_docs_ext.cli import main
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.rules.apache.listen_address import ListenAddress
from glance_docs_ext.rules.common.unknown_name import UnknownName
from glance_docs_ext.rules.deployment.socket_protocol_mismatch import SocketProtocolMismatch
from glance_docs_ext.source import Source, Span
from glance_docs_ext.sphinx_ext import domain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    from glance_docs_ext.diagnostics import Diagnostic
    from tests.sphinx.small_project import SmallProject

BLOCK = '[uwsgi]\nprocesses = auto\nproceses = 4\n'
PAGE = f'.. code-block:: ini\n\n   {BLOCK.strip()}\n'.replace('\np', '\n   p')


@pytest.fixture(autouse=True)
def as_users_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, 'fault', fault)


def fail(*_: object, **_named: object) -> NoReturn:
    raise KeyError('the cause\x1b[31m')


def fail_late(self: UnknownName, document: object, engine: object) -> Iterator[Diagnostic]:
    yield self.report_at(
        Source('x', 'x').place(Span(0, 1)),
        engine=engine,
        version='',
        noun='',
        name='first',
        remedy=document,
    )
    fail()


def codes(text: str = BLOCK) -> list[str]:
    return [d.code for d in check(Source(text, 'app.ini'), 'uwsgi').diagnostics]


def test_the_other_rules_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes() == ['UWS201', 'CFG201']
    monkeypatch.setattr(UnknownName, 'check', fail)
    assert codes() == ['CFG610', 'UWS201']


def test_it_names_the_rule_the_cause_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UnknownName, 'check', fail)
    told = check(Source(BLOCK, 'app.ini'), 'uwsgi').diagnostics[0]
    assert str(told.place) == 'app.ini:1:1'
    assert 'CFG201 unknown-name failed with KeyError' in told.message
    assert 'test_internal_fault.py:' in told.message
    assert '\x1b' not in told.message
    assert 'please report it' in told.help


def test_of_a_rule_about_single_statements_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'Listen 80x\nKeepAlive 1\nListen 81x\n'
    checked = check(Source(text, 'ports.conf'), 'apache')
    assert [d.code for d in checked.diagnostics] == ['APA219', 'APA201', 'APA219']
    monkeypatch.setattr(ListenAddress, 'judge', fail)
    told = check(Source(text, 'ports.conf'), 'apache').diagnostics
    assert [d.code for d in told] == ['CFG610', 'APA201']
    assert 'APA219 listen-address failed with KeyError' in told[0].message


def test_what_the_rule_said_before_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UnknownName, 'check', fail_late)
    assert sorted(codes()) == ['CFG201', 'CFG610', 'UWS201']


def test_a_reader_that_fails_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, 'uwsgi', replace(ENGINES['uwsgi'], parse=fail))
    get_engine.cache_clear()
    try:
        assert codes() == ['CFG610']
    finally:
        monkeypatch.undo()
        get_engine.cache_clear()


def test_a_rule_about_a_deployment_that_fails_is_told_at_its_first_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SocketProtocolMismatch, 'check', fail)
    pair = [
        check(Source('[uwsgi]\nhttp-socket = 127.0.0.1:9292\n', 'a.ini'), 'uwsgi').document,
        check(Source('ProxyPass / uwsgi://127.0.0.1:9292/\n', 'b.conf'), 'apache').document,
    ]
    told = [d for d in check_deployment(pair) if d.code == 'CFG610']
    assert [str(d.place) for d in told] == ['a.ini:1:1']


def test_a_reader_of_blocks_together_that_fails_is_told_and_the_blocks_are_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(ENGINES, 'uwsgi', replace(ENGINES['uwsgi'], reread=fail))
    get_engine.cache_clear()
    try:
        blocks = [check(Source(BLOCK, name), 'uwsgi').document for name in 'ab']
        again = reread(blocks, {})
        assert again.documents == tuple(blocks)
        assert [found.code for found in again.found] == ['CFG610']
    finally:
        monkeypatch.undo()
        get_engine.cache_clear()


def test_the_command_line_tells_it_whatever_is_selected_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(UnknownName, 'check', fail)
    Path('app.ini').write_text(BLOCK, encoding='utf-8')
    assert main(['check', 'app.ini', '--select', 'DEP', '--format', 'json']) == 2
    assert [item['code'] for item in json.loads(capsys.readouterr().out)] == ['CFG610']
    assert main(['check', 'app.ini', '--ignore', 'CFG610,UWS']) == 0


@pytest.mark.parametrize('broken', [*domain.LINTS, 'what looks for names in the text'])
def test_a_build_goes_on_where_what_looks_at_whole_pages_fails(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken in domain.LINTS:
        monkeypatch.setitem(domain.LINTS, broken, lambda _: map(fail, 'x'))
    else:
        monkeypatch.setattr(domain, 'unset_names', lambda *_: map(fail, 'x'))
    project.write(index=PAGE)
    built = project.build()
    first = 'index.rst:1:1 CFG610'
    assert sorted(built.findings) == [first, 'index.rst:4:16 UWS201', 'index.rst:5:4 CFG201']
    assert f'{broken} failed with KeyError' in '\n'.join(built.warnings)


@pytest.mark.parametrize('broken', ['find_blocks', 'find_notes', 'stray_comments', 'told_by'])
def test_a_build_goes_on_where_the_blocks_of_a_page_are_not_found(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(domain, broken, fail)
    project.write(index=PAGE)
    built = project.build()
    assert built.findings == ['index.rst:1:1 CFG610']
    assert 'what looks for blocks in a page failed with KeyError' in '\n'.join(built.warnings)
    assert 'auto' in built.text('index.html')


def test_the_command_line_goes_on_where_a_page_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(inputs, 'read_page', fail)
    Path('app.ini').write_text(BLOCK, encoding='utf-8')
    Path('page.rst').write_text(PAGE, encoding='utf-8')
    assert main(['check', 'app.ini', 'page.rst', '--format', 'json']) == 2
    told = json.loads(capsys.readouterr().out)
    assert [item['code'] for item in told] == ['UWS201', 'CFG201', 'CFG610']


@pytest.mark.parametrize('broken', ['unset_names', 'history_findings'])
def test_the_command_line_goes_on_where_what_looks_at_whole_pages_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    broken: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(verdicts, broken, lambda *_: map(fail, 'x'))
    Path('page.rst').write_text(PAGE, encoding='utf-8')
    assert main(['check', 'page.rst', '--format', 'json']) == 2
    told = json.loads(capsys.readouterr().out)
    assert sorted(item['code'] for item in told) == ['CFG201', 'CFG610', 'UWS201']


def test_a_build_goes_on(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UnknownName, 'check', fail)
    project.write(index=PAGE)
    built = project.build()
    assert sorted(built.findings) == ['index.rst:3:4 CFG610', 'index.rst:4:16 UWS201']
    assert 'auto' in built.text('index.html')
    quiet = project.build(suppress_warnings=['configcheck.internal-fault'])
    assert quiet.findings == ['index.rst:4:16 UWS201']
