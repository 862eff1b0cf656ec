"""Tabs of sphinx-tabs: read the same for all builders, with their titles where they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx.small_project import SmallProject

PAGE = """\
Page
====

.. tabs::

   .. group-tab:: First

      .. config-block:: uwsgi
         :name: one

         [uwsgi]
         master = true

   .. group-tab:: Second

      .. config-block:: uwsgi
         :name: two

         [uwsgi]
         proceses = 2

      .. tabs::

         .. tab:: Inner

            inside
"""
TITLES = ('First', 'master = true', 'Second', 'proceses = 2', 'Inner', 'inside')


@pytest.fixture
def tabbed(project: SmallProject) -> SmallProject:
    """Return a project with one page of tabs, one of its blocks with a fault."""
    project.extensions = ('glance_docs_ext', 'sphinx_tabs.tabs')
    project.write(index=PAGE)
    return project


@pytest.mark.parametrize(
    'builder', ['html', 'text', 'latex', 'man', 'epub', 'gettext', 'configcheck']
)
def test_a_named_block_in_a_tab_is_read_once_whatever_is_built(
    tabbed: SmallProject, builder: str
) -> None:
    built = tabbed.build(builder)
    assert [line for line in built.warnings if 'Duplicate' in line] == []
    assert built.findings == ['index.rst:20:10 CFG201']


def test_text_has_the_title_of_each_tab_in_front_of_its_content(tabbed: SmallProject) -> None:
    text = tabbed.build('text').text('index.txt')
    places = [text.index(title) for title in TITLES]
    assert places == sorted(places)


def test_text_is_the_same_from_the_doctree_of_another_builder(tabbed: SmallProject) -> None:
    fresh = tabbed.build('text').text('index.txt')
    (tabbed.folder / 'index.rst').touch()
    tabbed.build('html')
    assert tabbed.build('text').text('index.txt') == fresh


def test_html_has_tabs_and_epub_has_all_contents_in_sight(tabbed: SmallProject) -> None:
    assert tabbed.build('html').text('index.html').count('role="tab"') == 3
    book = tabbed.build('epub').text('index.xhtml')
    assert 'hidden' not in book.split('<body')[1]
    assert 'role="tab"' not in book
    assert book.index('First') < book.index('Second') < book.index('Inner')
