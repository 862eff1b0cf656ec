"""A Markdown page in, its blocks out: fences of CommonMark, directives of MyST."""

from __future__ import annotations

import time
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.pages import Page, read_page
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from pathlib import Path


def page(text: str, path: str = 'page.md') -> Page:
    return read_page(path, text)


def places(text: str) -> list[tuple[str, int, int]]:
    """Return for each block its text, and the line and column of its first character."""
    found = []
    for block in page(text).blocks:
        place = block.source.place(Span(0, 1))
        found.append((block.source.text, place.line, place.column))
    return found


@pytest.mark.parametrize(
    ('text', 'line', 'column'),
    [
        ('```nginx\nlisten 80;\n```\n', 2, 1),
        ('~~~nginx\nlisten 80;\n~~~\n', 2, 1),
        ('````nginx\nlisten 80;\n`````\n', 2, 1),
        ('``` nginx title="x"\nlisten 80;\n```\n', 2, 1),
        ('  ```nginx\n  listen 80;\n  ```\n', 2, 3),
        ('```nginx\nlisten 80;', 2, 1),
        ('Text\n```nginx\nlisten 80;\n```\n', 3, 1),
        ('- Item\n\n  ```nginx\n  listen 80;\n  ```\n', 4, 3),
        ('- ```nginx\n  listen 80;\n  ```\n', 2, 3),
        ('1. - ```nginx\n     listen 80;\n     ```\n', 2, 6),
        ('> ```nginx\n> listen 80;\n> ```\n', 2, 3),
        ('> - ```nginx\n>   listen 80;\n>   ```\n', 2, 5),
        ('```{code-block} nginx\n:linenos:\n:caption: x\n\nlisten 80;\n```\n', 5, 1),
        ('```{code-block} nginx\n---\nlinenos: true\n---\nlisten 80;\n```\n', 5, 1),
        ('```{config-block} nginx\nlisten 80;\n```\n', 2, 1),
        (':::{code-block} nginx\nlisten 80;\n:::\n', 2, 1),
        ('````{note}\n```nginx\nlisten 80;\n```\n````\n', 3, 1),
        (':::{note}\n```nginx\nlisten 80;\n```\n:::\n', 3, 1),
        (':::::{tab-set}\n::::{tab-item} A\n```nginx\nlisten 80;\n```\n::::\n:::::\n', 4, 1),
        ('```{eval-rst}\n.. code-block:: nginx\n\n   listen 80;\n```\n', 4, 4),
        ('<details>\n<summary>x</summary>\n\n```nginx\nlisten 80;\n```\n</details>\n', 5, 1),
        ('<!-- comment\n\n-->\n```nginx\nlisten 80;\n```\n', 5, 1),
        ('```python\nx\n```\n```nginx\nlisten 80;\n```\n', 5, 1),
    ],
)
def test_a_block_is_found_in_whatever_it_stands(text: str, line: int, column: int) -> None:
    assert places(text) == [('listen 80;', line, column)]


@pytest.mark.parametrize(
    'text',
    [
        '    ```nginx\n    listen 80;\n    ```\n',
        '````\n```nginx\nlisten 80;\n```\n````\n',
        '```{code-block} markdown\n~~~nginx\nlisten 80;\n~~~\n```\n',
        '<!-- \n```nginx\nlisten 80;\n```\n-->\n',
        '<div>\n```nginx\nlisten 80;\n```\n</div>\n',
        '```{math}\nlisten 80;\n```\n',
        '```nginx`\nlisten 80;\n```\n',
        '```ini\n[DEFAULT]\n```\n',
        '```\nlisten 80;\n```\n',
    ],
)
def test_what_is_not_shown_as_a_block_is_none(text: str) -> None:
    assert places(text) == []


def test_the_text_is_what_stands_between_the_fences() -> None:
    text = '  ```nginx\n  server {\n      listen 80;\n\n  }\n  ```\nText\n'
    assert places(text) == [('server {\n    listen 80;\n\n}', 2, 3)]


def test_a_fence_ends_with_the_list_or_the_quotation_that_it_stands_in() -> None:
    assert places('- ```nginx\n  listen 80;\n\nText\n```nginx\nroot /;\n```\n') == [
        ('listen 80;\n', 2, 3),
        ('root /;', 6, 1),
    ]
    assert places('> ```nginx\n> listen 80;\nText\n') == [('listen 80;', 2, 3)]


def test_a_directive_ends_where_its_fence_does_whatever_is_open_inside() -> None:
    text = '```{note}\n````nginx\nlisten 80;\n```\n\n```nginx\nroot /;\n```\n'
    assert places(text) == [('listen 80;', 3, 1), ('root /;', 7, 1)]


def test_a_config_block_says_what_there_is_to_say_of_it() -> None:
    text = """\
        ```{config-block} apache
        :context: vhost
        :expect: CFG201
        ProxyPas /
        ```
        """
    (block,) = page(dedent(text)).blocks
    assert (block.engine, block.context, block.expected) == ('apache', 'vhost', ('CFG201',))
    assert block.expected_at
    assert (block.expected_at.line, block.expected_at.column) == (3, 2)


@pytest.mark.parametrize('comment', ['% configcheck: unchecked because it is\n% ours\n'])
def test_a_block_is_left_unchecked_for_a_reason(comment: str) -> None:
    (block,) = page(f'{comment}\n```nginx\nlisten 80;\n```\n').blocks
    assert block.unchecked == 'it is ours'


def test_a_comment_that_means_nothing_is_reported() -> None:
    (finding,) = page('Text\n\n% configcheck: unchecked because x\n\nText\n').diagnostics
    assert (finding.code, finding.place.line, finding.place.column) == ('CFG604', 3, 3)


def test_version_notes_are_read() -> None:
    (note,) = page('```{versionremoved} 32.0.0\nThe ``x`` script.\n```\n').notes
    assert (note.version, note.text) == ('32.0.0', 'The ``x`` script.')
    assert list(note.removed_names()) == ['x']


def test_an_included_page_is_read_where_it_is_included(tmp_path: Path) -> None:
    (tmp_path / 'part.md').write_text('```nginx\nlisten 80;\n```\n')
    text = '```{include} part.md\n```\n\n```nginx\nroot /;\n```\n'
    blocks = read_page(str(tmp_path / 'page.md'), text).blocks
    assert [block.source.text for block in blocks] == ['listen 80;', 'root /;']
    assert blocks[0].source.place(Span(0, 1)).path == str(tmp_path / 'part.md')


EVIL = {
    'open directives': '```{note}\n' * 20_000,
    'open directives and fences': '````{note}\n' * 10_000 + '```\n' * 10_000,
    'open notes': '```{versionadded} 1\n' * 10_000,
    'quotes': '>' * 1_000_000,
    'nested quotes': '> ' * 500 + '```nginx\n' + ('> ' * 500 + 'x\n') * 500,
    'items': '- ' * 500_000,
    'backticks': '`' * 1_000_000 + 'x`',
    'unclosed': '```nginx\n' + 'listen 80;\n' * 50_000,
    'comments': '<!--\n' * 50_000,
    'options': '```{code-block} nginx\n' + ':a: b\n' * 50_000,
    'a long line': '```nginx\n' + 'a' * 5_000_000,
}


@pytest.mark.parametrize('name', EVIL)
def test_a_page_that_means_harm_is_read_in_time(name: str) -> None:
    start = time.process_time()
    page(EVIL[name])
    assert time.process_time() - start < 10
