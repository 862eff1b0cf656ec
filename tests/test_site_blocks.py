"""Every configuration of the site stands in the built pages as its author wrote it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.source import Source
from tests import site

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = site.published()
BY_PAGE: dict[str, list[site.Published]] = defaultdict(list)
for _block in BLOCKS:
    BY_PAGE[_block.page].append(_block)

# Pages on which rules show their own examples, beside what the sources hold.
WITH_EXAMPLES = {
    page
    for page in site.pages()
    if '.. configcheck-rules::' in (site.SOURCE / f'{page}.rst').read_text(encoding='utf-8')
}


def test_the_site_publishes_each_engine() -> None:
    assert {block.engine for block in BLOCKS} == {'apache', 'nginx', 'uwsgi'}
    assert len(BLOCKS) >= 12


def test_no_two_blocks_of_a_page_share_a_name() -> None:
    names = [(b.page, b.options['name']) for b in BLOCKS if 'name' in b.options]
    assert len(names) == len(set(names))


@pytest.mark.parametrize('page', [page for page in site.pages() if page not in WITH_EXAMPLES])
def test_html_has_every_block_byte_for_byte_and_no_other(page: str, built_site: Path) -> None:
    built = site.html_blocks(built_site / 'html', page)
    assert built == [(block.engine, block.text + '\n') for block in BY_PAGE[page]]


@pytest.mark.parametrize('page', sorted(WITH_EXAMPLES))
def test_html_has_every_block_also_between_the_examples_of_rules(
    page: str, built_site: Path
) -> None:
    built = iter(site.html_blocks(built_site / 'html', page))
    for block in BY_PAGE[page]:
        assert (block.engine, block.text + '\n') in built, block


@pytest.mark.parametrize('page', sorted(BY_PAGE))
def test_text_has_every_block_byte_for_byte(page: str, built_site: Path) -> None:
    written = (built_site / 'text' / f'{page}.txt').read_text(encoding='utf-8')
    start = 0
    for block in BY_PAGE[page]:
        found = site.in_text(block.text, written, start)
        assert found, f'{block} is not in {page}.txt'
        start = found[1]


@pytest.mark.parametrize('block', [b for b in BLOCKS if not b.shows_a_fault], ids=str)
def test_a_published_block_has_no_fault(block: site.Published) -> None:
    found = check(Source(block.text, str(block)), block.engine, block.options.get('context'))
    assert [str(d) for d in found.diagnostics if d.severity.fails] == []


def test_a_block_that_is_not_checked_says_why() -> None:
    reasons = [b.options['unchecked'] for b in BLOCKS if 'unchecked' in b.options]
    assert [reason for reason in reasons if len(reason) < 10] == []
