"""``.. version-timeline::``: pages with notes in, one list by version out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

PAGE = """\
Images
======

.. versionadded:: 1.9

   The *nine*.

.. versionchanged:: 1.10 (Ten)

   See :doc:`other` and :ref:`here`.

   Second paragraph.

.. deprecated:: 2.0

   The old way.

.. _here:

Section
-------

.. versionremoved:: 3.0 (Three)
"""

OTHER = """\
Other
=====

.. versionadded:: 2.0

   From the other page.
"""

RELEASES = {
    'releases': {
        '1.9': {'series': 'Nine', 'date': '2020-01-02'},
        '2': {'series': 'Two', 'date': '2022-02-22'},
        '3.0': {},
    }
}


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    return SmallProject(tmp_path / 'project', make_app)


def index(*options: str) -> str:
    lines = ''.join(f'   {option}\n' for option in options)
    return (
        'Start\n=====\n\n.. toctree::\n\n   page\n   other\n\n'
        f'Timeline\n--------\n\n.. version-timeline::\n{lines}'
    )


def timeline(text: str) -> str:
    return text.partition('Timeline\n========\n\n')[2]


def versions(text: str) -> list[str]:
    return re.findall(r'^\d[^ \n]*', text, re.MULTILINE)


def test_a_page_shows_its_own_notes_newest_first(project: SmallProject) -> None:
    project.write(index=f'{PAGE}\nTimeline\n--------\n\n.. version-timeline::\n', other=OTHER)
    built = project.build('text')
    assert timeline(built.text('index.txt')) == (
        '3.0 (Three)\n'
        '   * **Removed** (Section)\n'
        '\n'
        '2.0\n'
        '   * **Deprecated**: The old way. (Images)\n'
        '\n'
        '1.10 (Ten)\n'
        '   * Changed: See Other and Section.\n'
        '\n'
        '     Second paragraph. (Images)\n'
        '\n'
        '1.9\n'
        '   * Added: The *nine*. (Images)\n'
    )


def test_the_project_is_collected_and_grouped_by_version(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    text = timeline(project.build('text').text('index.txt'))
    assert versions(text) == ['3.0', '2.0', '1.10', '1.9']
    assert (
        '2.0\n'
        '   * Added: From the other page. (Other)\n'
        '\n'
        '   * **Deprecated**: The old way. (Images)\n'
    ) in text


@pytest.mark.parametrize(
    ('options', 'expected'),
    [
        ((':project:', ':oldest-first:'), ['1.9', '1.10', '2.0', '3.0']),
        ((':pages: other',), ['2.0']),
        ((':pages: /page other',), ['3.0', '2.0', '1.10', '1.9']),
        ((':project:', ':types: removed, added'), ['3.0', '2.0', '1.9']),
        ((':project:', ':since: 1.10'), ['3.0', '2.0', '1.10']),
        ((':project:', ':until: 2'), ['2.0', '1.10', '1.9']),
        ((':project:', ':since: 1.9.5', ':until: 1.11'), ['1.10']),
    ],
)
def test_options_choose_and_sort(
    project: SmallProject, options: tuple[str, ...], expected: list[str]
) -> None:
    project.write(index=index(*options), page=PAGE, other=OTHER)
    built = project.build('text')
    assert built.warnings == []
    assert versions(timeline(built.text('index.txt'))) == expected


def test_series_and_dates_come_from_the_release_data(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    (project.folder / 'releases.json').write_text(json.dumps(RELEASES), encoding='utf-8')
    text = timeline(project.build('text', configcheck_releases='releases.json').text('index.txt'))
    assert '\n1.9 (Nine), 2020-01-02\n' in text
    assert '\n2.0 (Two), 2022-02-22\n' in text
    assert text.startswith('3.0 (Three)\n')


def test_release_data_may_be_toml(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    (project.folder / 'releases.toml').write_text(
        '[releases]\n"1" = {series = "One"}\n"2.0" = {date = 2022-02-22}\n', encoding='utf-8'
    )
    text = timeline(project.build('text', configcheck_releases='releases.toml').text('index.txt'))
    assert '\n1.9 (One)\n' in text
    assert '\n2.0, 2022-02-22\n' in text


@pytest.mark.parametrize(
    'data',
    ['', '[]', '{"releases": []}', '{"releases": {"x y": {}}}', '{"releases": {"1": {"name": 2}}}'],
)
def test_release_data_of_another_form_gives_one_warning(project: SmallProject, data: str) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    (project.folder / 'releases.json').write_text(data, encoding='utf-8')
    built = project.build('text', configcheck_releases='releases.json')
    assert len(built.warnings) == 1
    assert 'releases: cannot read' in built.warnings[0]
    assert '[configcheck.releases]' in built.warnings[0]


def test_glance_is_bundled(project: SmallProject) -> None:
    note = '.. versionchanged:: 15.0.0\n\n   The script.\n\n.. versionchanged:: 21.1.0\n'
    project.write(index=f'Start\n=====\n\n{note}\nTimeline\n--------\n\n.. version-timeline::\n')
    text = timeline(project.build('text', configcheck_releases='glance').text('index.txt'))
    assert text.startswith('21.1.0 (Victoria)\n')
    assert '\n15.0.0 (Pike), 2017-08-30\n' in text


def test_entries_link_to_their_notes_and_ids_are_unique(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    built = project.build('html')
    assert built.warnings == []
    for page in ('index.html', 'page.html', 'other.html'):
        ids = re.findall(r'\bid="([^"]+)"', built.text(page))
        assert len(ids) == len(set(ids))
    links = re.findall(r'href="((?:page|other)\.html)#(change-[^"]+)"', built.text('index.html'))
    assert len(links) == 5
    for page, anchor in links:
        assert f'id="{anchor}"' in built.text(page)


@pytest.mark.parametrize('builder', ['html', 'text', 'man', 'latex', 'gettext', 'xml', 'epub'])
def test_every_builder_takes_it_without_a_warning(project: SmallProject, builder: str) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    built = project.build(
        builder, epub_copyright='x', version='1', epub_exclude_files=['doctrees/*'], parallel=2
    )
    assert built.warnings == []


def test_translators_are_not_asked_twice(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    built = project.build('gettext')
    assert 'From the other page.' not in built.text('index.pot')
    assert built.text('other.pot').count('From the other page.') == 1


def test_a_changed_page_is_seen_on_the_page_that_collects(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    project.build('text')
    project.write(other=OTHER.replace('From the other page', 'Something new'))
    text = project.build('text').text('index.txt')
    assert 'Something new. (Other)' in text
    assert 'From the other page' not in text


def test_builders_that_share_a_doctree_folder_are_all_up_to_date(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    project.build('text')
    project.build('html')
    project.write(other=OTHER.replace('From the other page', 'Something new'))
    assert 'Something new' in project.build('html').text('index.html')
    assert 'Something new' in project.build('text').text('index.txt')


def test_a_page_that_goes_takes_its_notes_along(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    project.build('text')
    (project.folder / 'other.rst').unlink()
    project.write(
        index=index(':project:').replace('   other\n', ''), page=PAGE.replace('`other`', '`index`')
    )
    text = project.build('text').text('index.txt')
    assert 'The old way.' in text
    assert 'From the other page' not in text


def test_nothing_is_written_when_nothing_changed(project: SmallProject) -> None:
    project.write(index=index(':project:'), page=PAGE, other=OTHER)
    project.build('text')
    assert 'writing output... [' not in project.build('text').status


def test_reading_and_writing_in_parallel_gives_the_same(project: SmallProject) -> None:
    pages = {f'p{n:02}': OTHER.replace('2.0', f'2.{n}') for n in range(12)}
    project.write(index=index(':project:'), page=PAGE, other=OTHER, **pages)
    serial = project.build('text').text('index.txt')
    project.write(index=index(':project:'), page=PAGE, other=OTHER, **pages)
    assert project.build('text', parallel=4).text('index.txt') == serial
    assert versions(serial).count('2.11') == 1


def test_a_note_for_another_format_only_is_left_out(project: SmallProject) -> None:
    note = '.. only:: html\n\n   .. versionadded:: 7.0\n\n      For HTML.\n'
    project.write(index=index(':project:'), page=f'Page\n====\n\n{note}', other=OTHER)
    assert '7.0' not in project.build('text').text('index.txt')
    assert 'For HTML.' in project.build('html').text('index.html')


def test_a_note_about_an_object_names_it(project: SmallProject) -> None:
    function = '.. py:function:: boot(server)\n\n   Boot.\n\n   .. versionadded:: 4.2\n'
    project.write(index=index(':pages: page'), page=f'Page\n====\n\n{function}', other=OTHER)
    assert '4.2\n   * Added (boot())\n' in project.build('text').text('index.txt')


def test_footnotes_figures_and_links_of_a_note_survive_the_move(project: SmallProject) -> None:
    page = (
        'Page\n====\n\n.. versionadded:: 4.2\n\n   With a note [#n]_, `a link`_ and:\n\n'
        '   .. code-block:: python\n      :caption: Shown\n      :name: code\n\n      print()\n\n'
        '   .. index:: thing\n\n   .. _a link:\n\n   Here.\n\n.. [#n] Foot.\n'
    )
    project.write(index=index(':pages: page'), page=page, other=OTHER)
    for builder in ('html', 'latex', 'text', 'singlehtml'):
        assert project.build(builder, numfig=True).warnings == []
    html = project.build('html').text('index.html')
    assert 'href="page.html#n"' in html
    assert 'href="page.html#a-link"' in html


def test_an_empty_timeline_says_so(project: SmallProject) -> None:
    project.write(index=index(':project:', ':types: removed'), page=OTHER, other=OTHER)
    assert timeline(project.build('text').text('index.txt')) == 'No changes are recorded.\n'


@pytest.mark.parametrize(
    'options', [(':types: fixed',), (':since: x y',), (':pages:',), (':pages: other', ':project:')]
)
def test_a_wrong_option_is_one_error_and_no_traceback(
    project: SmallProject, options: tuple[str, ...]
) -> None:
    project.write(index=index(*options), page=PAGE, other=OTHER)
    errors = [line for line in project.build('text').warnings if 'index.rst' in line]
    assert len(errors) == 1
