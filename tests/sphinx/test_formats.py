"""The same pages in every format, with nothing but ordinary nodes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

    from tests.sphinx.small_project import SmallProject

PAGE = """\
Title
=====

See :uwsgi:option:`master` and :apache:directive:`ProxyPass`.

.. config-block:: uwsgi
   :caption: glance.ini
   :name: it
   :linenos:
   :emphasize-lines: 2

   [uwsgi]
   http-socket = 127.0.0.1:60999

.. config-block:: apache
   :file: site.conf

.. code-block:: nginx

   server { listen 80; }
"""
STYLESHEET = 'glance-docs-ext.css'


def write(project: SmallProject) -> None:
    project.write(
        index=PAGE, other=':orphan:\n\nOther\n=====\n\n.. code-block:: nginx\n\n   user x;\n'
    )
    project.add('site.conf', 'ServerName glance\nRedirect /old /new\n')
    project.conf = {
        'man_pages': [('index', 'page', '', '', 1)],
        'epub_show_urls': 'no',
        'copyright': 'nobody',
        'version': '1',
    }


@pytest.mark.parametrize(
    ('builder', 'suffix'),
    [
        *(('html', '.html'), ('dirhtml', '.html'), ('singlehtml', '.html'), ('text', '.txt')),
        *(('man', '.1'), ('latex', '.tex'), ('epub', '.xhtml'), ('xml', '.xml')),
        *(('texinfo', '.texi'), ('pseudoxml', '.pseudoxml')),
    ],
)
def test_every_format_shows_the_blocks(project: SmallProject, builder: str, suffix: str) -> None:
    write(project)
    built = project.build(builder, nitpicky=True)
    assert built.warnings == []
    files = [
        path for path in Path(built.app.outdir).rglob(f'*{suffix}') if 'sphinx' not in path.name
    ]
    output = re.sub(
        r'<[^>]+>|\\PYG[a-z]*\{\S*?\}\{?|[{}\\]',
        '',
        '\n'.join(file.read_text(encoding='utf-8') for file in files),
    )
    for text in ('http-socket', 'ProxyPass', 'Redirect', 'listen'):
        assert text in output.replace('@w', '').replace('PYGZhy', '-'), output[:3000]


def test_translators_are_not_asked_for_configuration(project: SmallProject) -> None:
    write(project)
    built = project.build('gettext')
    assert built.warnings == []
    pot = built.text('index.pot')
    assert 'glance.ini' in pot
    assert 'http-socket' not in pot


def test_the_stylesheet_is_for_pages_with_our_blocks(project: SmallProject) -> None:
    write(project)
    built = project.build('html')
    assert (Path(built.app.outdir) / '_static' / STYLESHEET).is_file()
    assert STYLESHEET in built.text('index.html')
    assert STYLESHEET not in built.text('other.html')


def test_the_stylesheet_is_for_all_pages_where_the_project_wants_it(project: SmallProject) -> None:
    write(project)
    project.add('conf.py', 'def setup(app):\n    app.set_html_assets_policy("always")\n')
    assert STYLESHEET in project.build('html').text('other.html')


def test_one_doctree_serves_all_formats(project: SmallProject) -> None:
    write(project)
    project.build('html')
    text = project.build('text').text('index.txt')
    project.build('latex')
    html = project.build('html')
    assert '0 added, 0 changed' in html.status
    assert 'http-socket = 127.0.0.1:60999' in text


def test_a_doctree_holds_nothing_of_ours(
    project: SmallProject, make_app: Callable[..., SphinxTestApp]
) -> None:
    write(project)
    built = project.build('text')
    pickled = (Path(built.app.doctreedir) / 'index.doctree').read_bytes()
    assert b'glance_docs_ext' not in pickled


@pytest.mark.parametrize('theme', ['furo', 'alabaster', 'basic', 'classic', 'sphinxdoc'])
def test_themes_take_the_page(project: SmallProject, theme: str) -> None:
    write(project)
    built = project.build('html', html_theme=theme)
    assert built.warnings == []
    assert 'class="configcheck configcheck-uwsgi' in built.text('index.html')
