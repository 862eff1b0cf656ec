"""Our own site builds without a warning in every form, and a second time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests import site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize('page', site.pages())
def test_every_page_is_built_as_html_and_as_text(page: str, built_site: Path) -> None:
    assert (built_site / 'html' / f'{page}.html').stat().st_size > 0
    assert (built_site / 'text' / f'{page}.txt').stat().st_size > 0


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml', 'epub', 'man', 'latex', 'gettext'])
def test_the_other_forms_are_built_without_a_warning(builder: str, tmp_path: Path) -> None:
    # Not beneath the output: an epub would take the doctrees for files of the book.
    run = site.build(builder, tmp_path, '-d', str(tmp_path / 'doctrees'))
    assert run.returncode == 0, run.stdout + run.stderr
    assert any((tmp_path / builder).iterdir())


def test_several_forms_share_one_reading_of_the_pages(tmp_path: Path) -> None:
    doctrees = ('-d', str(tmp_path / 'doctrees'))
    for builder in ('html', 'text', 'configcheck', 'html'):
        run = site.build(builder, tmp_path, *doctrees)
        assert run.returncode == 0, f'{builder}: {run.stdout}{run.stderr}'


def test_four_processes_read_the_same_as_one(built_site: Path, tmp_path: Path) -> None:
    run = site.build('configcheck', tmp_path, '-j', '4')
    assert run.returncode == 0, run.stdout + run.stderr
    for name in ('output.txt', 'output.json'):
        parallel = (tmp_path / 'configcheck' / name).read_text(encoding='utf-8')
        assert parallel == (built_site / 'configcheck' / name).read_text(encoding='utf-8')


def test_the_site_has_no_finding_that_fails(built_site: Path) -> None:
    lines = (built_site / 'configcheck' / 'output.json').read_text(encoding='utf-8').splitlines()
    findings = [json.loads(line) for line in lines]
    failing = [finding for finding in findings if finding.get('severity') in {'error', 'warning'}]
    assert failing == []
