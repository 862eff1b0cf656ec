"""A reStructuredText page in, its blocks out, each line at its own place; without docutils."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.notes import Change
from glance_docs_ext.pages import Page, read_page
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from glance_docs_ext.pages.blocks import Block


def page(text: str, path: str = 'page.rst') -> Page:
    return read_page(path, dedent(text))


def only_block(text: str) -> Block:
    (block,) = page(text).blocks
    return block


def texts(text: str) -> list[str]:
    return [block.source.text for block in page(text).blocks]


def place_of(block: Block, text: str) -> tuple[str, int, int]:
    """Return where ``text``, which is in the block, stands in the file."""
    start = block.source.text.index(text)
    place = block.source.place(Span(start, start + len(text)))
    return place.path, place.line, place.column


@pytest.mark.parametrize('directive', ['code-block', 'sourcecode', 'code', 'Code-Block'])
def test_a_plain_block_is_found_by_its_language(directive: str) -> None:
    block = only_block(f'Text\n\n.. {directive}:: nginx\n\n   listen 80;\n')
    assert (block.engine, block.source.text) == ('nginx', 'listen 80;')
    assert place_of(block, '80') == ('page.rst', 5, 11)


def test_an_ini_block_is_ours_only_with_a_section_of_uwsgi() -> None:
    assert texts('.. code-block:: ini\n\n   [DEFAULT]\n   debug = true\n') == []
    assert texts('.. code-block:: ini\n\n   [uwsgi]\n   master = true\n') == [
        '[uwsgi]\nmaster = true'
    ]


def test_options_and_blank_lines_are_no_text_of_the_block() -> None:
    text = """\
    .. code-block:: nginx
       :linenos:
       :caption: A caption
          that goes on

       listen 80;

         root /srv;

    Text
    """
    assert texts(text) == ['listen 80;\n\n  root /srv;']


def test_dedent_moves_the_text_and_not_the_places() -> None:
    block = only_block('.. code-block:: nginx\n   :dedent: 2\n\n     listen 80;\n')
    assert block.source.text == 'listen 80;'
    assert place_of(block, 'listen') == ('page.rst', 4, 6)


@pytest.mark.parametrize(
    ('before', 'indent'),
    [
        ('* ', '  '),
        ('1. ', '   '),
        ('#. ', '   '),
        ('(a) ', '    '),
        ('* - ', '    '),
        ('* Text\n\n  ', '  '),
        ('Term\n    ', '    '),
        ('.. note::\n\n   ', '   '),
        ('.. note:: Text\n\n   ', '   '),
        ('.. tabs::\n\n   .. tab:: Apache\n\n      ', '      '),
        ('.. list-table::\n\n   * - ', '       '),
        ('.. versionadded:: 1.0\n\n   ', '   '),
        ('.. _target:\n\n', ''),
        ('.. _target:\n', ''),
        ('.. _target:\n   https://example.org\n\n', ''),
        ('.. _target:\n\n   ', '   '),
        ('.. [1] Footnote\n\n   ', '   '),
        (':field: Text\n\n   ', '   '),
        ('Title\n=====\n', ''),
        ('    Quotation\n', ''),
        ('..\n\n', ''),
        ('Text with two colons\\::\n\n   ', '   '),
    ],
)
def test_a_block_is_found_in_whatever_it_stands(before: str, indent: str) -> None:
    text = f'{before}.. code-block:: nginx\n\n{indent}   listen 80;\n'
    block = only_block(text)
    assert block.source.text == 'listen 80;'
    line = text.splitlines().index(f'{indent}   listen 80;') + 1
    assert place_of(block, 'listen') == ('page.rst', line, len(indent) + 4)


@pytest.mark.parametrize(
    'text',
    [
        'Text\n.. code-block:: nginx\n\n   listen 80;\n',
        'Example::\n\n   .. code-block:: nginx\n\n      listen 80;\n',
        '.. code-block:: rst\n\n   .. code-block:: nginx\n\n      listen 80;\n',
        '.. comment\n   .. code-block:: nginx\n\n      listen 80;\n',
        '.. parsed-literal::\n\n   .. code-block:: nginx\n\n      listen 80;\n',
        '.. raw:: html\n\n   .. code-block:: nginx\n\n      listen 80;\n',
        '.. code-block:: nginx\n   listen 80;\n',
        '.. code-block:: nginx\n   :linenos:\n   listen 80;\n',
        '.. code-block:: nginx\n',
        '.. code-block:: python\n\n   listen = 80\n',
        'Quoted::\n\n> .. code-block:: nginx\n\n',
        '.. code-block: nginx\n\n   listen 80;\n',
    ],
)
def test_what_sphinx_does_not_show_as_a_block_is_none(text: str) -> None:
    assert page(text).blocks == ()


def test_highlight_names_the_language_of_what_follows() -> None:
    text = """\
    Before::

       listen 1;

    .. highlight:: nginx

    An example::

       listen 2;

    .. code-block::

       listen 3;

    .. highlight:: none

    Behind::

       listen 4;
    """
    assert texts(text) == ['listen 2;', 'listen 3;']


def test_tabs_are_read_as_docutils_reads_them_and_counted_as_one_character() -> None:
    block = only_block('.. code-block:: nginx\n\n\tserver {\n\t\tlisten 80;\n\t}\n')
    assert block.source.text == 'server {\n        listen 80;\n}'
    assert place_of(block, 'listen') == ('page.rst', 4, 3)
    assert place_of(block, '80') == ('page.rst', 4, 10)


@pytest.mark.parametrize('end', ['\n', '\r\n', '\r'])
def test_lines_end_as_on_any_system(end: str) -> None:
    text = '\ufeff.. code-block:: nginx\n\n   listen 80;\n   root /srv;\n'.replace('\n', end)
    block = only_block(text)
    assert block.source.text == 'listen 80;\nroot /srv;'
    assert place_of(block, 'root') == ('page.rst', 4, 4)


def test_a_config_block_says_what_there_is_to_say_of_it() -> None:
    block = only_block(
        """\
        .. config-block:: apache
           :context: vhost
           :deployment: one
           :service: uploads, long-requests
           :expect: CFG201
              CFG202

           ProxyPas /
        """
    )
    assert (block.engine, block.context, block.deployment) == ('apache', 'vhost', 'one')
    assert block.services == ('uploads', 'long-requests')
    assert block.expected == ('CFG201', 'CFG202')
    assert block.expected_at
    assert (block.expected_at.line, block.expected_at.column) == (5, 5)


@pytest.mark.parametrize(
    ('text', 'message', 'column'),
    [
        ('.. config-block:: lighttpd\n\n   x\n', "there is no engine 'lighttpd'", 19),
        ('.. config-block::\n\n   x\n', "there is no engine ''", 4),
        ('.. config-block:: nginx\n', 'a config-block without text', 4),
        ('.. config-block:: nginx\n   :unchecked:\n\n   x\n', ':unchecked: without a reason', 5),
        (
            '.. config-block:: nginx\n   :context: table\n\n   x\n',
            ":context: does not know 'table'",
            5,
        ),
        (
            '.. config-block:: nginx\n   :expect: CFG201 XYZ1\n\n   x\n',
            ":expect: does not know 'XYZ1'",
            5,
        ),
        (
            '.. configcheck: unchecked\n\n.. code-block:: nginx\n\n   listen 80;\n',
            'a configcheck comment without a reason; the block is checked',
            4,
        ),
        (
            '.. configcheck: unchecked because x\n\nText\n',
            'a configcheck comment that stands before no block',
            4,
        ),
    ],
)
def test_markup_that_means_nothing_is_reported_where_it_stands(
    text: str, message: str, column: int
) -> None:
    (finding,) = page(text).diagnostics
    assert (finding.code, finding.message, finding.place.column) == ('CFG604', message, column)


@pytest.mark.parametrize(
    'text',
    [
        '.. config-block:: nginx\n   :unchecked: it is\n      ours\n\n   lisen 80;\n',
        '.. configcheck: unchecked because it is\n   ours\n\n.. code-block:: nginx\n\n   x;\n',
        '.. configcheck: unchecked because it is ours\n.. _t:\n\n.. code-block:: nginx\n\n   x;\n',
        '.. highlight:: nginx\n\n.. configcheck: unchecked because it is ours\n\n::\n\n   x;\n',
    ],
)
def test_a_block_is_left_unchecked_for_a_reason(text: str) -> None:
    assert only_block(text).unchecked == 'it is ours'
    assert page(text).diagnostics == ()


def test_a_comment_speaks_of_the_next_block_only() -> None:
    block = '.. code-block:: nginx\n\n   listen 80;\n\n'
    found = page(f'.. configcheck: unchecked because x\n\n{block}{block}').blocks
    assert [block.unchecked for block in found] == ['x', '']


def test_a_comment_does_not_speak_into_a_list() -> None:
    found = page(
        '.. configcheck: unchecked because x\n\n* .. code-block:: nginx\n\n     listen 80;\n'
    )
    assert [block.unchecked for block in found.blocks] == ['']
    assert [finding.code for finding in found.diagnostics] == ['CFG604']


def test_a_block_of_more_than_a_million_characters_is_not_checked() -> None:
    found = page('.. config-block:: nginx\n\n' + '   listen 80;\n' * 100_000)
    assert found.blocks == ()
    assert [finding.code for finding in found.diagnostics] == ['CFG603']


def test_version_notes_are_read_with_their_text_and_place() -> None:
    found = page(
        """\
        .. versionchanged:: 32.0.0 (2026.1, Gazpacho)

           The ``glance-wsgi-api`` WSGI script
           has been removed.

           .. code-block:: nginx

              listen 80;

        * .. deprecated:: 1.0 ``x`` is deprecated
        """
    )
    first, second = found.notes
    assert (first.change, first.version) == (Change.CHANGED, '32.0.0')
    assert first.text == 'The ``glance-wsgi-api`` WSGI script has been removed.'
    assert list(first.removed_names()) == ['glance-wsgi-api']
    assert (first.place.line, first.place.column) == (1, 21)
    assert (second.change, second.text) == (Change.DEPRECATED, '``x`` is deprecated')
    assert len(found.blocks) == 1


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return the folder of a Sphinx project."""
    (tmp_path / 'conf.py').touch()
    (tmp_path / 'docs').mkdir()
    (tmp_path / 'glance.conf').write_text('# first\nlisten 80;\n    root /srv;\n# last\n')
    return tmp_path


def read(tree: Path, text: str) -> Page:
    path = tree / 'docs' / 'page.rst'
    path.write_text(text)
    return read_page(str(path), text)


@pytest.mark.parametrize('name', ['../glance.conf', '/glance.conf'])
def test_a_file_is_shown_whole_and_its_places_are_its_own(tree: Path, name: str) -> None:
    (block,) = read(tree, f'.. config-block:: nginx\n   :file: {name}\n').blocks
    assert block.source.text == (tree / 'glance.conf').read_text()
    path, line, column = place_of(block, 'root')
    assert (Path(path).resolve(), line, column) == (tree / 'glance.conf', 3, 5)


@pytest.mark.parametrize(
    ('options', 'shown'),
    [
        ('', '# first\nlisten 80;\n    root /srv;\n# last'),
        (':lines: 2-3', 'listen 80;\n    root /srv;'),
        (':lines: 2,4-', 'listen 80;\n# last'),
        (':start-after: first\n   :end-before: last', 'listen 80;\n    root /srv;'),
        (':start-at: root\n   :end-at: root\n   :dedent:', 'root /srv;'),
    ],
)
def test_a_literalinclude_is_read_as_sphinx_shows_it(tree: Path, options: str, shown: str) -> None:
    text = f'.. literalinclude:: ../glance.conf\n   :language: nginx\n   {options}\n'
    (block,) = read(tree, text).blocks
    assert block.source.text == shown
    if 'root' in shown:
        assert place_of(block, 'root')[1:] == (3, 5)


def test_an_included_page_is_read_and_its_places_are_its_own(tree: Path) -> None:
    (tree / 'docs' / 'part.txt').write_text('Text\n\n.. code-block:: nginx\n\n   listen 80;\n')
    found = read(tree, '* Item\n\n  .. include:: part.txt\n\n.. code-block:: nginx\n\n   a;\n')
    first, second = found.blocks
    path, line, column = place_of(first, 'listen')
    assert (Path(path).name, line, column) == ('part.txt', 5, 4)
    assert place_of(second, 'a')[1:] == (7, 4)


@pytest.mark.parametrize(
    ('options', 'count'),
    [('', 2), (':start-line: 4', 1), (':end-line: 4', 1), (':end-before: .. end', 1)],
)
def test_a_part_of_a_page_is_included(tree: Path, options: str, count: int) -> None:
    block = '.. code-block:: nginx\n\n   listen 80;\n\n'
    (tree / 'docs' / 'part.txt').write_text(f'{block}.. end\n\n{block}')
    assert len(read(tree, f'.. include:: part.txt\n   {options}\n').blocks) == count


def test_pages_that_include_each_other_come_to_an_end(tree: Path) -> None:
    text = '.. include:: page.rst\n\n.. include:: other.txt\n\n.. include:: other.txt\n'
    (tree / 'docs' / 'other.txt').write_text(text)
    start = time.process_time()
    read(tree, text)
    assert time.process_time() - start < 5


def test_files_that_multiply_come_to_an_end(tree: Path) -> None:
    for number in range(30):
        text = f'.. include:: part{number + 1}.txt\n\n' * 2
        (tree / 'docs' / f'part{number}.txt').write_text(text)
    start = time.process_time()
    read(tree, '.. include:: part0.txt\n')
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ('name', 'problem'),
    [
        ('no-such-file.conf', 'there is no such file'),
        ('..', 'it is not a regular file'),
        ('../../outside.conf', 'it is outside the source tree'),
        ('/../outside.conf', 'it is outside the source tree'),
        ('link.conf', 'it is outside the source tree'),
        ('bytes.conf', 'byte 1 is not UTF-8'),
        ('nul.conf', 'it holds a NUL character'),
        ('empty.conf', 'it is empty'),
    ],
)
def test_a_file_that_cannot_be_shown_is_reported(tmp_path: Path, name: str, problem: str) -> None:
    tree = tmp_path / 'project'
    docs = tree / 'docs'
    docs.mkdir(parents=True)
    (tree / 'conf.py').touch()
    (tmp_path / 'outside.conf').write_text('secret;\n')
    (docs / 'link.conf').symlink_to(tmp_path / 'outside.conf')
    (docs / 'bytes.conf').write_bytes(b'\xff\n')
    (docs / 'nul.conf').write_bytes(b'a\0b\n')
    (docs / 'empty.conf').touch()
    found = read(tree, f'.. config-block:: nginx\n   :file: {name}\n')
    (finding,) = found.diagnostics
    assert (finding.code, finding.place.line, finding.place.column) == ('CFG602', 2, 5)
    assert problem in finding.message
    assert found.blocks == ()


@pytest.mark.parametrize(
    'directive', ['.. literalinclude:: {}\n   :language: nginx', '.. include:: {}']
)
def test_nothing_outside_the_tree_is_read(tmp_path: Path, directive: str) -> None:
    tree = tmp_path / 'project'
    (tree / 'docs').mkdir(parents=True)
    (tree / 'conf.py').touch()
    block = '.. code-block:: nginx\n\n   lisen 80;\n'
    (tmp_path / 'outside.txt').write_text(block)
    assert read(tree, directive.format('../../outside.txt')).blocks == ()
    (tree / 'inside.txt').write_text(block)
    assert read(tree, directive.format('../inside.txt')).blocks


EVIL = {
    'nested directives': ''.join(f'{" " * 3 * n}.. note::\n\n' for n in range(1000)),
    'deep, with blank lines': ''.join(f'{" " * n}.. only:: x\n' for n in range(1500))
    + '\n' * 100_000,
    'colons': 'a::\n' * 100_000,
    'colons with blank lines': 'a::\n\n' * 50_000,
    'a line of items': '- ' * 1_000_000,
    'notes': ''.join(f'{" " * n}.. versionadded:: 1\n' for n in range(1500)) + '\n' * 100_000,
    'a long line': '.. code-block:: nginx\n\n   ' + 'a' * 5_000_000,
    'a long field': ':' + 'a\\' * 1_000_000,
    'a long name': '.. ' + 'a.' * 1_000_000,
    'unclosed': '.. code-block:: nginx\n   :a: b\n' * 30_000,
    'control characters': '.. code-block:: nginx\n\n   \0\x0b\x0c\x1c\x85\u2028\ud800\n' * 10_000,
}


@pytest.mark.parametrize('name', EVIL)
def test_a_page_that_means_harm_is_read_in_time(name: str) -> None:
    start = time.process_time()
    read_page('page.rst', EVIL[name])
    assert time.process_time() - start < 10
