"""``.. versionchanged:: 21.0.0 (Victoria)``: a page in, what every format says of it out."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

NOTE = """\
Page
====

.. versionchanged:: 21.0.0 (Victoria)

   Glance now fully supports WSGI.
"""

CASES = {
    'a body below': (
        '.. versionchanged:: 21.0.0 (Victoria)\n\n   Glance now.\n',
        'Changed in version 21.0.0 (Victoria): Glance now.',
    ),
    'number and name': (
        '.. versionchanged:: 30.0.0 (2025.1, Epoxy)\n\n   Glance now.\n',
        'Changed in version 30.0.0 (2025.1, Epoxy): Glance now.',
    ),
    'number and name without a comma': (
        '.. versionadded:: 32.0.0 (2026.1 Gazpacho)\n\n   Glance now.\n',
        'Added in version 32.0.0 (2026.1 Gazpacho): Glance now.',
    ),
    'a body on the next line': (
        '.. versionchanged:: 21.0.0 (Victoria)\n   Glance ``now``.\n',
        'Changed in version 21.0.0 (Victoria): Glance "now".',
    ),
    'no body': (
        '.. deprecated:: 21.0.0 (Victoria)\n',
        'Deprecated since version 21.0.0 (Victoria).',
    ),
    'a body that is a list': (
        '.. versionremoved:: 21.0.0 (Victoria)\n\n   * One.\n   * Two.\n',
        'Removed in version 21.0.0 (Victoria):\n\n* One.\n\n* Two.',
    ),
    'the spelling of Sphinx 9': (
        '.. version-deprecated:: 21.0.0 (Victoria)\n\n   Glance now.\n',
        'Deprecated since version 21.0.0 (Victoria): Glance now.',
    ),
    'inside a list': (
        '* Item\n\n  .. version-removed:: 21.0.0 (Victoria)\n\n     Glance now.\n',
        '* Item\n\n  Removed in version 21.0.0 (Victoria): Glance now.',
    ),
    'words behind the version': (
        '.. versionadded:: 1.2 The *foo* parameter.\n',
        'Added in version 1.2: The *foo* parameter.',
    ),
    'a remark in parentheses before other words': (
        '.. versionadded:: 1.2 (experimental) The *foo* parameter.\n',
        'Added in version 1.2: (experimental) The *foo* parameter.',
    ),
    'a whole body in parentheses': (
        '.. versionchanged:: 1.2\n\n   (Only on Windows.)\n',
        'Changed in version 1.2: (Only on Windows.)',
    ),
    'markup in parentheses': (
        '.. versionchanged:: 1.2 (*x*)\n',
        'Changed in version 1.2: (*x*)',
    ),
    'no label': ('.. versionchanged:: 1.2\n\n   Now.\n', 'Changed in version 1.2: Now.'),
    'nothing': ('.. versionchanged:: 1.2\n', 'Changed in version 1.2.'),
}


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    return SmallProject(tmp_path / 'project', make_app)


@pytest.mark.parametrize(('markup', 'expected'), CASES.values(), ids=CASES)
def test_text_reads_as_the_author_means_it(
    project: SmallProject, markup: str, expected: str
) -> None:
    project.write(index=f'Page\n====\n\n{markup}')
    built = project.build('text')
    assert built.warnings == []
    assert built.text('index.txt').startswith(f'Page\n****\n\n{expected}\n')


def test_html_has_the_label_in_the_heading_of_the_note(project: SmallProject) -> None:
    project.write(index=NOTE)
    page = project.build('html').text('index.html')
    assert '>Changed in version 21.0.0 (Victoria): </span>Glance now fully supports WSGI.' in page
    assert page.count('Victoria') == 1


@pytest.mark.parametrize(
    ('builder', 'file'),
    [('latex', 'test.tex'), ('man', 'test.1'), ('xml', 'index.xml'), ('epub', 'index.xhtml')],
)
def test_other_formats_have_it_too(project: SmallProject, builder: str, file: str) -> None:
    project.write(index=NOTE)
    output = project.build(
        builder,
        project='test',
        latex_documents=[('index', 'test.tex', 'Test', 'Us', 'manual')],
        man_pages=[('index', 'test', 'Test', 'Us', '1')],
    ).text(file)
    words = ' '.join(re.sub(r'<[^>]+>', '', html.unescape(output)).replace('{}', '').split())
    assert re.search(r'Changed in version 21\.0\.0 \(Victoria\): ?\}*Glance now', words)


def test_translators_get_the_body_and_no_label(project: SmallProject) -> None:
    project.write(index=f'{NOTE}\n   Second paragraph.\n\n.. deprecated:: 30.0.0 (Epoxy)\n')
    catalogue = project.build('gettext').text('index.pot')
    assert 'msgid "Glance now fully supports WSGI."' in catalogue
    assert 'msgid "Second paragraph."' in catalogue
    assert 'Victoria' not in catalogue
    assert 'Epoxy' not in catalogue


def test_a_translated_page_keeps_the_label(project: SmallProject) -> None:
    project.write(index=NOTE)
    catalogue = project.folder / 'locales' / 'de' / 'LC_MESSAGES'
    catalogue.mkdir(parents=True)
    (catalogue / 'index.po').write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Glance now fully supports WSGI."\nmsgstr "Glance kann jetzt WSGI."\n',
        encoding='utf-8',
    )
    built = project.build('text', language='de', locale_dirs=['locales'])
    assert re.search(r'21\.0\.0 \(Victoria\): Glance kann jetzt WSGI\.', built.text('index.txt'))


def test_the_list_of_changes_has_words_that_are_not_glued(project: SmallProject) -> None:
    project.write(index=NOTE)
    page = project.build('changes', version='21.0.0').text('changes.html')
    assert 'Changed in version 21.0.0 (Victoria): Glance now fully supports WSGI.' in page


def test_a_markdown_page_is_read_in_the_same_way(project: SmallProject) -> None:
    pytest.importorskip('myst_parser', reason='myst-parser is not installed')
    project.write()
    (project.folder / 'index.md').write_text(
        '# Page\n\n```{versionchanged} 21.0.0 (Victoria)\nGlance `now`.\n```\n\n'
        '```{versionadded} 1.2\n(Only here.)\n```\n',
        encoding='utf-8',
    )
    project.extensions = ('glance_docs_ext', 'myst_parser')
    text = project.build('text').text('index.txt')
    assert 'Changed in version 21.0.0 (Victoria): Glance "now".' in text
    assert 'Added in version 1.2: (Only here.)' in text


def test_the_page_that_started_it_is_right_in_all_its_notes(project: SmallProject) -> None:
    labels = ['15.0.0', '21.0.0 (Victoria)', '30.0.0 (2025.1, Epoxy)', '32.0.0 (2026.1, Gazpacho)']
    notes = (f'.. versionchanged:: {label}\n\n   Number {label[:2]}.\n\n' for label in labels)
    project.write(index='Running Glance in HTTPD\n=======================\n\n' + ''.join(notes))
    text = project.build('text').text('index.txt')
    for label in labels:
        assert f'Changed in version {label}: Number {label[:2]}.' in text
