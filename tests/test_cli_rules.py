"""configcheck rules and explain: what the registry holds, told in a terminal."""

from __future__ import annotations

import json

import pytest

from glance_docs_ext import __version__
from glance_docs_ext.cli import main
from glance_docs_ext.explain import cases, example_findings
from glance_docs_ext.rule import AnyRule, PageRule
from glance_docs_ext.rules import all_rules


def test_all_rules_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['rules']) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        [rule.code, str(rule.severity), rule.name] for rule in all_rules()
    ]


def test_all_rules_are_listed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['rules', '--format', 'json']) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [item['code'] for item in listed] == [rule.code for rule in all_rules()]
    assert all(item['why'] and item['source'] and item['url'] for item in listed)


@pytest.mark.parametrize('rule', all_rules(), ids=lambda rule: rule.code)
def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str], rule: AnyRule) -> None:
    assert main(['explain', rule.code]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f'{rule.code} {rule.name} ({rule.severity})\n')
    assert out.count('Bad:\n') == len(cases(rule))
    for part in ('Good:\n', 'When to ignore it:', 'How we know:', f'#{rule.code.lower()}\n'):
        assert part in out
    if not isinstance(rule, PageRule):
        assert f': {rule.severity}: {rule.code} ' in out


@pytest.mark.parametrize('rule', all_rules(), ids=lambda rule: rule.code)
def test_the_findings_under_bad_examples_are_real(rule: AnyRule) -> None:
    for case in cases(rule):
        found = example_findings(rule, case)
        assert {finding.code for finding in found} <= {rule.code}
        assert found or isinstance(rule, PageRule)  # some of these only Sphinx can find


def test_several_rules_are_explained_by_code_or_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['explain', 'cfg201', 'misplaced-name']) == 0
    out = capsys.readouterr().out
    assert out.index('CFG201 unknown-name (error)') < out.index('CFG202 misplaced-name (error)')


def test_an_unknown_rule_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['explain', 'CFG201', 'XYZ999']) == 2
    out, err = capsys.readouterr()
    assert out == ''
    assert err == 'configcheck: there is no rule \'XYZ999\'; "configcheck rules" lists them\n'


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(['--version'])
    assert end.value.code == 0
    assert capsys.readouterr().out == f'configcheck {__version__}\n'


@pytest.mark.parametrize('command', [[], ['check'], ['rules'], ['explain']])
def test_every_command_has_help_that_fits_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv('COLUMNS', '80')
    with pytest.raises(SystemExit) as end:
        main([*command, '--help'])
    assert end.value.code == 0
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())


def test_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2
    assert 'COMMAND' in capsys.readouterr().err
