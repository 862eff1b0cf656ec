"""Every rule is held to its own examples, and says what a reader needs to know of it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.rule import AnyRule, DeploymentRule, Example, PageRule, Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic

RULES = all_rules()
PREFIXES = {
    'common': 'CFG',
    'apache': 'APA',
    'nginx': 'NGX',
    'uwsgi': 'UWS',
    'deployment': 'DEP',
    'page': 'CFG',
}
LONGEST_FILE = 150  # lines; a rule is read on one screen or two
LONGEST_EXAMPLE = 5000  # characters; the manual prints it

Block = tuple[AnyRule, tuple[Example, ...]]


def examples(kind: str) -> list[object]:
    """Return what is checked together: each example of a rule, or all of a deployment rule.

    The examples of a rule about pages are pages: ``tests/sphinx/test_page_rules.py`` builds them.
    """
    cases: list[object] = []
    for rule in RULES:
        if isinstance(rule, PageRule):
            continue
        blocks: tuple[Example, ...] = getattr(rule, kind)
        together = [blocks] if isinstance(rule, DeploymentRule) else [(b,) for b in blocks]
        cases += [
            pytest.param((rule, case), id=f'{rule.code}-{number}')
            for number, case in enumerate(together, 1)
        ]
    return cases


def findings(case: Block) -> list[Diagnostic]:
    """Return what a page that holds these blocks is told."""
    rule, blocks = case
    checked = [
        check(Source(block.text, f'block {number}'), block.engine, block.context, block.version)
        for number, block in enumerate(blocks, 1)
    ]
    documents = [block.document for block in checked]
    if isinstance(rule, DeploymentRule):
        together = check_deployment(documents, rule.services, rule.notes, rule.told)
    else:
        together = check_deployment(documents)
    return [*(d for block in checked for d in block.diagnostics), *together]


def shown(diagnostics: list[Diagnostic]) -> list[str]:
    return [f'{d.place} {d.code} {d.message}' for d in diagnostics]


@pytest.mark.parametrize('case', examples('bad'))
def test_a_bad_example_gives_its_code_and_no_other(case: Block) -> None:
    found = findings(case)
    assert {d.code for d in found} == {case[0].code}, shown(found)


@pytest.mark.parametrize('case', examples('good'))
def test_a_good_example_is_silent(case: Block) -> None:
    assert shown(findings(case)) == []


@pytest.mark.parametrize('case', examples('bad'))
def test_a_finding_points_into_its_block_and_says_what_to_do(case: Block) -> None:
    rule, blocks = case
    for found in findings(case):
        lines = blocks[int(found.place.path.removeprefix('block ')) - 1].text.split('\n')
        line, column = found.place.line, found.place.column
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert (found.place.end_line, found.place.end_column) >= (line, column)
        assert (found.name, found.severity) == (rule.name, rule.severity)
        assert found.url.endswith(f'#{rule.code.lower()}')
        assert found.message
        assert found.help
        assert '\n' not in found.message + found.help


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: AnyRule) -> None:
    assert rule.__doc__
    assert rule.bad
    assert rule.good
    assert rule.message
    assert rule.help
    assert rule.exceptions.strip().endswith(('.', ':'))
    assert rule.source.strip()
    for block in (*rule.bad, *rule.good):
        assert len(block.text) <= LONGEST_EXAMPLE
        assert block.context is None or block.context in ENGINES[block.engine].contexts


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_code_tells_whose_rule_it_is(rule: AnyRule) -> None:
    folder = type(rule).__module__.split('.')[2]
    assert re.fullmatch(f'{PREFIXES[folder]}[1-6][0-9][0-9]', rule.code)
    assert isinstance(rule, DeploymentRule) == (folder == 'deployment')


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_is_named_after_the_pattern_and_so_is_its_file(rule: AnyRule) -> None:
    assert re.fullmatch(r'[a-z0-9]+(-[a-z0-9]+)*', rule.name)
    assert type(rule).__module__.rpartition('.')[2] == rule.name.replace('-', '_')
    assert type(rule).__name__.lower() == rule.name.replace('-', '')


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_of_one_server_is_asked_about_that_server_only(
    rule: AnyRule,
) -> None:
    folder = type(rule).__module__.split('.')[2]
    if isinstance(rule, Rule) and folder != 'common':
        assert rule.engines == (folder,)


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_is_short(rule: AnyRule) -> None:
    file = sys.modules[type(rule).__module__].__file__
    assert file
    assert len(Path(file).read_text(encoding='utf-8').splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize('field', ['code', 'name'])
def test_no_two_rules_share_a_code_or_a_name(field: str) -> None:
    times = Counter(getattr(rule, field) for rule in RULES)
    assert [value for value, count in times.items() if count > 1] == []


def test_every_rule_module_holds_one_rule() -> None:
    modules = Counter(type(rule).__module__ for rule in RULES)
    assert [module for module, count in modules.items() if count > 1] == []
