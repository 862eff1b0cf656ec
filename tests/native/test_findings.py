"""``--native`` and ``configcheck_native``: the engines' verdicts as findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.cli import main
from glance_docs_ext.native import sandbox
from glance_docs_ext.native.installed import installed
from glance_docs_ext.rules.page.engine_not_asked import EngineNotAsked
from glance_docs_ext.rules.page.refused_by_engine import RefusedByEngine
from glance_docs_ext.versions import Version
from tests.engines import require
from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

    from glance_docs_ext.rule import PageRule

RULES = (RefusedByEngine(), EngineNotAsked())
BAD = [pytest.param(rule, bad.text, id=rule.code) for rule in RULES for bad in rule.bad]
GOOD = [pytest.param(good.text, id=rule.code) for rule in RULES for good in rule.good]


@pytest.fixture
def engines() -> None:
    for program in ('bwrap', 'apache2', 'nginx', 'uwsgi'):
        require(program)


@pytest.fixture
def project(
    tmp_path: Path, make_app: Callable[..., SphinxTestApp], monkeypatch: pytest.MonkeyPatch
) -> SmallProject:
    monkeypatch.chdir(tmp_path)
    return SmallProject(tmp_path / 'source', make_app)


def checked(capsys: pytest.CaptureFixture[str], text: str, *options: str) -> list[str]:
    Path('page.rst').write_text(text)
    main(['check', '--format', 'json', *options, 'page.rst'])
    found = json.loads(capsys.readouterr().out)
    return [f'{one["line"]} {one["code"]} {one["message"]}' for one in found]


def built(project: SmallProject, text: str, builder: str = 'configcheck') -> list[str]:
    project.write(index=text)
    report = project.build(builder, configcheck_native=True).text('output.json')
    found = map(json.loads, report.splitlines())
    return [f'{one["line"]} {one["code"]} {one["message"]}' for one in found]


@pytest.mark.usefixtures('engines', 'project')
@pytest.mark.parametrize(('rule', 'text'), BAD)
def test_a_bad_example_gives_its_code_when_the_engines_are_asked(
    capsys: pytest.CaptureFixture[str], rule: PageRule, text: str
) -> None:
    assert checked(capsys, text) == []
    (found,) = checked(capsys, text, '--native')
    assert found.split()[1] == rule.code


@pytest.mark.usefixtures('engines', 'project')
@pytest.mark.parametrize('text', GOOD)
def test_a_good_example_is_silent(capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert checked(capsys, text, '--native') == []


@pytest.mark.usefixtures('engines')
@pytest.mark.parametrize(('rule', 'text'), BAD)
def test_the_builder_says_the_same(
    project: SmallProject, capsys: pytest.CaptureFixture[str], rule: PageRule, text: str
) -> None:
    found = built(project, text)
    assert [one.split()[1] for one in found] == [rule.code]
    assert found == checked(capsys, text, '--native')


@pytest.mark.usefixtures('engines')
def test_a_refusal_that_we_report_ourselves_is_told_once(
    project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '.. config-block:: nginx\n\n   server { lisen 80; }\n'
    (found,) = checked(capsys, text, '--native')
    assert found.startswith('3 CFG201')
    assert built(project, text) == [found]


@pytest.mark.usefixtures('engines', 'project')
def test_a_refusal_is_told_at_its_own_line_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    Path('x.conf').write_text('KeepAlive On\n\nInclude /etc/x\n')
    assert main(['check', '--native', '--engine', 'apache', 'x.conf']) == 0
    out = capsys.readouterr().out
    assert out.startswith('x.conf:3:1: info: CFG608 no verdict of Apache: include ')


@pytest.mark.usefixtures('engines', 'project')
def test_what_only_the_installed_version_refuses_is_no_fault_of_a_page_for_a_newer_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    version = installed('nginx')
    if not Version.read(version).is_before('1.25.0'):
        pytest.skip(f'nginx {version} knows it')
    head, line = '.. config-block:: nginx\n   :context: server\n', '   listen 443 quic;\n'
    assert checked(capsys, f'{head}\n{line}', '--native') == [
        (
            f'4 CFG608 no verdict of nginx: {version} is installed here, and refuses it: '
            'invalid parameter "quic"'
        )
    ]
    (older,) = checked(capsys, f'{head}   :version: {version}\n\n{line}', '--native')
    assert older.startswith('5 NGX210 ')


@pytest.mark.usefixtures('engines', 'project')
def test_an_unchecked_block_is_not_given_to_an_engine(capsys: pytest.CaptureFixture[str]) -> None:
    text = '.. config-block:: apache\n   :unchecked: ours\n\n   Include /etc/x\n'
    assert checked(capsys, text, '--native') == []


@pytest.mark.usefixtures('project')
@pytest.mark.parametrize('text', ['KeepAlive On\n', 'Include /etc/passwd\n'])
def test_without_bubblewrap_the_command_line_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.setattr(sandbox, 'PLACES', (str(tmp_path),))
    Path('x.conf').write_text(text)
    assert main(['check', '--native', '--engine', 'apache', 'x.conf']) == 2
    out, err = capsys.readouterr()
    assert out == ''
    assert err.startswith('configcheck: ')
    assert 'is not installed' in err
    assert 'Traceback' not in err


def test_without_bubblewrap_the_builder_stops(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sandbox, 'PLACES', (str(tmp_path),))
    project.write(index='Page\n====\n\n.. config-block:: apache\n\n   KeepAlive Onn\n')
    stopped = project.build('configcheck', configcheck_native=True)
    assert stopped.app.statuscode == 2
    (said,) = [line for line in stopped.warnings if 'configcheck_native' in line]
    assert said.startswith('ERROR: configcheck_native: bubblewrap is not installed, ')
    assert not Path(stopped.app.outdir, 'output.json').exists()


def test_no_other_builder_runs_an_engine(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sandbox, 'PLACES', (str(tmp_path),))
    project.write(index='Page\n====\n\n.. config-block:: apache\n\n   KeepAlive On\n')
    assert project.build('text', configcheck_native=True).warnings == []
