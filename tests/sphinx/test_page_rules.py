"""The examples of rules about pages, built as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.proofs import Proof, digest, render
from glance_docs_ext.rule import Example, PageRule
from glance_docs_ext.rules import all_rules

if TYPE_CHECKING:
    from tests.sphinx.small_project import SmallProject

PROOF = Proof(
    variant='Web',
    setup='',
    date='2026-11-22',
    blocks={'web': digest('worker_processes 2;')},
    versions={'nginx': '1.22.1'},
    passed=('it answers',),
)
OURS = 'CFG60'  # others have tests of their own: they want release data, or a glossary

NATIVE = ('CFG607', 'CFG608')  # tests/native asks the engines


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f'{rule.code}-{number}')
        for rule in all_rules()
        if isinstance(rule, PageRule) and rule.code.startswith(OURS) and rule.code not in NATIVE
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def findings(project: SmallProject, example: Example) -> list[str]:
    project.write(index=example.text)
    project.add('access.log', 'x\n' * 600_000)
    project.add('error.log', 'lisen 80;\n' * 101)
    project.add('proofs.json', render([PROOF]))
    return [finding.split()[1] for finding in project.build('text').findings]


@pytest.mark.parametrize(('rule', 'example'), examples('bad'))
def test_a_bad_example_gives_its_code(
    project: SmallProject, rule: PageRule, example: Example
) -> None:
    found = findings(project, example)
    if rule.code == 'CFG605':
        assert (found.count('CFG201'), found.count('CFG605')) == (100, 1)
        found = [code for code in found if code != 'CFG201']
    assert found == [rule.code]


@pytest.mark.parametrize(('rule', 'example'), examples('good'))
def test_a_good_example_is_silent(project: SmallProject, rule: PageRule, example: Example) -> None:
    assert findings(project, example) == []
