"""Version notes that cannot be right: a page in, findings out, on every build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.rule import PageRule
from glance_docs_ext.rules import all_rules
from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

    from tests.sphinx.small_project import Built

TIMELINE = '.. version-timeline::\n\n'
RULES = [rule for rule in all_rules() if isinstance(rule, PageRule) and rule.code[3] == '3']
PLAIN = {'1': {'series': 'One'}, '2.0': {'series': 'Two'}, '2.1': {}, '2.3': {}}


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    return SmallProject(tmp_path / 'project', make_app)


def notes(*versions: str) -> str:
    return ''.join(f'.. versionchanged:: {version}\n\n   Text.\n\n' for version in versions)


def found(built: Built) -> list[str]:
    """Return "line:column CODE words" of each finding."""
    pattern = r'.*index\.rst:(\d+:\d+): WARNING: (.*) \[configcheck\.[a-z-]+\]$'
    matches = [re.fullmatch(pattern, line) for line in built.warnings]
    assert all(matches), built.warnings
    return [f'{match[1]} {match[2]}' for match in matches if match]


def test_a_version_that_cannot_be_sorted_is_reported_where_a_timeline_shows_it(
    project: SmallProject,
) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes("Victoria")}')
    (finding,) = found(project.build('text'))
    assert finding == (
        "6:21 CFG301 'Victoria' is no version that can be compared with others; "
        'help: write the number first: 21.0.0 (Victoria)'
    )


def test_findings_come_again_when_nothing_was_read(project: SmallProject) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes("Victoria")}')
    first = project.build('text').warnings
    assert project.build('text').warnings == first
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes("21.0.0")}')
    assert project.build('text').warnings == []


def test_without_a_timeline_or_release_data_a_note_may_say_what_it_likes(
    project: SmallProject,
) -> None:
    project.write(index=f'Page\n====\n\n{notes("Victoria", "3", "1", "2")}')
    assert project.build('text').warnings == []


@pytest.mark.parametrize(
    ('versions', 'expected'),
    [
        (('15.0.0', '21.0.0 (Victoria)', '30.0.0', '32.0.0'), []),
        (('32.0.0', '30.0.0', '21.0.0', '15.0.0'), []),
        (('15.0.0', '15.0.0', '21.0.0'), []),
        (('30.0.0', '21.0.0'), []),
        (('1.9', '1.10', '1.11'), []),
        (
            ('15.0.0', '30.0.0', '21.0.0', '32.0.0'),
            ['14:21 CFG302 21.0.0 stands below 30.0.0, while the notes around it go from old'],
        ),
        (
            ('32.0.0', '21.0.0', '30.0.0', '15.0.0'),
            ['14:21 CFG302 30.0.0 stands below 21.0.0, while the notes around it go from new'],
        ),
    ],
)
def test_notes_in_a_row_go_in_one_direction(
    project: SmallProject, versions: tuple[str, ...], expected: list[str]
) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes(*versions)}')
    findings = found(project.build('text'))
    assert len(findings) == len(expected)
    assert all(a.startswith(b) for a, b in zip(findings, expected, strict=True)), findings


def test_notes_with_text_between_them_are_not_compared(project: SmallProject) -> None:
    page = f'Page\n====\n\n{TIMELINE}{notes("3")}Text.\n\n{notes("1")}Text.\n\n{notes("2")}'
    project.write(index=page)
    assert project.build('text').warnings == []


@pytest.mark.parametrize(
    ('version', 'expected'),
    [
        ('1.0', ''),
        ('1.7.3', ''),
        ('2.1.4', ''),
        ('0.3', ''),
        ('2.0.0 (Two)', ''),
        ('2.0.0 (preview)', ''),
        ('2.2', 'CFG303 there is no release 2.2 between 2.1 and 2.3'),
        ('2.4', 'CFG304 2.4 is newer than the last known release, 2.3'),
        ('2.0.0 (One)', 'CFG305 2.0.0 is Two, not One'),
        ('Two', "CFG301 'Two' is no version that can be compared with others; help: write the "),
    ],
)
def test_a_note_is_held_against_the_release_data(
    project: SmallProject, version: str, expected: str
) -> None:
    project.write(index=f'Page\n====\n\n{notes(version)}')
    findings = found(project.build('text', configcheck_releases=PLAIN))
    assert len(findings) == bool(expected)
    assert all(finding.startswith(f'4:21 {expected}') for finding in findings), findings


def test_a_series_in_place_of_a_version_gets_the_number_of_that_series(
    project: SmallProject,
) -> None:
    project.write(index=f'Page\n====\n\n{notes("2025.1")}{notes("Gazpacho")}')
    last = found(project.build('text', configcheck_releases='glance'))[-1]
    assert last.endswith('help: write the number first: 32 (2026.1 Gazpacho)')


def test_the_upstream_page_gives_no_finding(project: SmallProject) -> None:
    versions = (
        '15.0.0',
        '21.0.0 (Victoria)',
        '30.0.0 (2025.1, Epoxy)',
        '32.0.0 (2026.1, Gazpacho)',
    )
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes(*versions)}')
    assert project.build('text', configcheck_releases='glance').warnings == []


def test_a_timeline_of_a_page_that_is_not_there_is_one_warning(project: SmallProject) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE[:-1]}   :pages: index gone\n\n{notes("1")}')
    (finding,) = found(project.build('text'))
    assert finding == (
        "4:4 CFG604 version-timeline: there is no page 'gone'; help: name pages as in a toctree, "
        'seen from this page, or from the top with "/"'
    )


def test_a_timeline_of_nothing_is_one_warning(project: SmallProject) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE}')
    assert [line.split(';')[0] for line in found(project.build('text'))] == [
        '4:4 CFG604 version-timeline: the pages that it collects have no version notes'
    ]
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes("1")}')
    assert project.build('text').warnings == []


def test_a_hostile_version_is_one_warning_in_bounded_time(project: SmallProject) -> None:
    project.write(index=f'Page\n====\n\n{TIMELINE}{notes("1." * 200_000 + "x")}')
    (finding,) = found(project.build('html'))  # Sphinx's text writer wraps in quadratic time
    assert len(finding) < 300


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_about_versions_keeps_to_its_examples(project: SmallProject, rule: PageRule) -> None:
    project.conf = dict(rule.conf)
    for example in rule.bad:
        project.write(index=f'Page\n====\n\n{example.text}')
        assert [finding.split()[1] for finding in found(project.build('text'))] == [rule.code]
    for example in rule.good:
        project.write(index=f'Page\n====\n\n{example.text}')
        assert project.build('text').warnings == []
