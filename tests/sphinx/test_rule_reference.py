"""``.. configcheck-rules::``: the registry in, a page with real findings out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.explain import cases, example_findings
from glance_docs_ext.reporters.text import render
from glance_docs_ext.rule import PageRule
from glance_docs_ext.rules import all_rules
from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    project = SmallProject(tmp_path / 'project', make_app)
    project.write(index='Rules\n=====\n\nSee :ref:`cfg201`.\n\n.. configcheck-rules::\n')
    return project


def test_every_builder_shows_all_rules_without_a_warning(project: SmallProject) -> None:
    for builder in ('text', 'man', 'latex', 'singlehtml'):
        assert project.build(builder, parallel=2).warnings == []


def test_every_rule_has_an_anchor_a_line_in_the_table_and_index_entries(
    project: SmallProject,
) -> None:
    built = project.build('html')
    page, index = built.text('index.html'), built.text('genindex.html')
    for rule in all_rules():
        anchor = rule.code.lower()
        assert page.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page
        assert f'<a href="index.html#{anchor}">{rule.code}, {rule.name}</a>' in index
        assert f'<a href="index.html#{anchor}">{rule.name}, {rule.code}</a>' in index
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_docstrings_are_markup_and_findings_those_that_the_rule_makes(
    project: SmallProject,
) -> None:
    page = project.build('text').text('index.txt')
    for rule in all_rules():
        section = page.split(f'\n{rule.code} {rule.name}\n')[1]
        for case in cases(rule):
            found = example_findings(rule, case)
            assert found or isinstance(rule, PageRule)
            assert all(render([finding]).split('\n')[0] in section for finding in found)
    # Docstrings were read as markup:
    assert '``' not in page
    assert ':class:' not in page


def test_examples_are_no_findings_of_the_page(project: SmallProject) -> None:
    report = project.build('configcheck').text('output.txt')
    assert report == '0 blocks checked\nno findings\n'


@pytest.mark.parametrize(
    ('chosen', 'pattern'), [('DEP', 'DEP...'), ('cfg2', 'CFG2..'), ('nginx', 'NGX...')]
)
def test_the_argument_chooses(project: SmallProject, chosen: str, pattern: str) -> None:
    project.write(index=f'Rules\n=====\n\n.. configcheck-rules:: {chosen}\n')
    page = project.build('text').text('index.txt')
    codes = set(re.findall(r'^([A-Z]{3}\d{3}) [a-z-]+$', page, re.MULTILINE))
    assert codes == {rule.code for rule in all_rules() if re.fullmatch(pattern, rule.code)}


def test_an_argument_that_chooses_nothing_is_one_error(project: SmallProject) -> None:
    project.write(index='Rules\n=====\n\n.. configcheck-rules:: lighttpd\n')
    warnings = [line for line in project.build('text').warnings if 'index.rst' in line]
    assert len(warnings) == 1
    assert "no rule for 'lighttpd'; expected one of" in warnings[0]
