"""Bad input gives a clear warning, never a traceback, in bounded time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import sphinx

from glance_docs_ext.rules.page.block_too_long import LONGEST_BLOCK

if TYPE_CHECKING:
    from tests.sphinx.small_project import Built, SmallProject

SECONDS = 200  # of the processor, for what takes 5; a quadratic run would take hours


def block(engine: str, text: str, *options: str) -> str:
    lines = ''.join(f'   {line}' for line in text.splitlines(True))
    return ''.join(
        (f'.. config-block:: {engine}\n', *(f'   {o}\n' for o in options), f'\n{lines}\n')
    )


def build(project: SmallProject, page: str, builder: str = 'text') -> Built:
    project.write(index=page)
    start = time.process_time()
    built = project.build(builder)
    assert time.process_time() - start < SECONDS
    return built


@pytest.mark.parametrize('markup', ['config-block:: uwsgi', 'code-block:: ini'])
def test_a_block_of_ten_megabytes_is_one_warning_and_listed_as_unchecked(
    project: SmallProject, markup: str
) -> None:
    text = '   [uwsgi]\n' + '   processes = 4\n' * 620_000
    built = build(project, f'.. {markup}\n\n{text}', 'text')
    assert built.findings == ['index.rst:1:1 CFG603']
    assert len(built.warnings) == 1
    assert 'this block has 8680007 characters and is not checked' in built.warnings[0]
    report = build(project, f'.. {markup}\n\n{text}', 'configcheck').text('output.txt')
    assert f'not checked: it has more than {LONGEST_BLOCK} characters' in report
    assert '0 blocks checked' in report


def test_a_long_block_is_not_coloured(project: SmallProject) -> None:
    built = build(project, block('uwsgi', '[uwsgi]\n' + 'master = true\n' * 80_000), 'html')
    assert 'highlight-none' in built.text('index.html')
    assert '<span class="na">' not in built.text('index.html')


def test_a_long_block_with_a_reason_is_no_warning(project: SmallProject) -> None:
    text = '[uwsgi]\n' + 'master = true\n' * 80_000
    assert build(project, block('uwsgi', text, ':unchecked: a dump')).warnings == []


@pytest.mark.parametrize(
    ('engine', 'text'),
    [
        ('nginx', 'server {\n' * 100_000 + '}\n' * 100_000),
        ('nginx', 'if {' * 100_000),
        ('apache', '<Location />\n' * 35_000 + '</Location>\n' * 35_000),
        ('apache', '<Location />\n' * 60_000),
        ('uwsgi', '[uwsgi]\n' + 'for = a\n' * 100_000),
    ],
)
def test_a_hundred_thousand_nested_sections_are_read(
    project: SmallProject, engine: str, text: str
) -> None:
    built = build(project, block(engine, text))
    assert built.findings
    assert len(built.findings) <= 101


@pytest.mark.parametrize(
    ('engine', 'text'),
    [
        ('uwsgi', '[uwsgi]\nmaster = tr\0ue\n'),
        ('apache', 'ServerName gl\0ance\n'),
        ('nginx', 'server {\n    server_name gl\0ance;\n}\n'),
    ],
)
@pytest.mark.parametrize('builder', ['html', 'text', 'latex', 'xml', 'configcheck'])
def test_a_nul_is_a_warning_at_its_place(
    project: SmallProject, engine: str, text: str, builder: str
) -> None:
    built = build(project, block(engine, text), builder)
    row = 3 + next(n for n, line in enumerate(text.split('\n')) if '\0' in line)
    column = 4 + text.split('\n')[row - 3].index('\0')
    assert built.findings == [f'index.rst:{row}:{column} CFG606'], built.warnings


@pytest.mark.parametrize(
    ('engine', 'text'),
    [('uwsgi', '[uwsgi]\n'), ('nginx', 'user x;\n'), ('apache', 'ServerName x\n')],
)
def test_a_byte_order_mark_in_a_file_is_a_warning_and_on_a_page_is_nothing(
    project: SmallProject, engine: str, text: str
) -> None:
    project.add('bom.conf', b'\xef\xbb\xbf' + text.encode())
    built = build(project, f'.. config-block:: {engine}\n   :file: bom.conf\n')
    assert [finding[:11] for finding in built.findings] == ['bom.conf:1:'], built.warnings
    project.add('index.rst', b'\xef\xbb\xbf' + block(engine, text).encode())
    assert project.build('html').warnings == []


@pytest.mark.parametrize('engine', ['uwsgi', 'nginx', 'apache'])
def test_lines_that_end_with_cr_lf_are_read_like_others(project: SmallProject, engine: str) -> None:
    text = {'uwsgi': '[uwsgi]\nmaster = true\n', 'nginx': 'user x;\n', 'apache': 'ServerName x\n'}
    project.add('index.rst', block(engine, text[engine]).replace('\n', '\r\n'))
    project.add('crlf.conf', text[engine].replace('\n', '\r\n'))
    assert project.build('text').warnings == []
    project.add('index.rst', f'.. config-block:: {engine}\n   :file: crlf.conf\n')
    assert project.build('text').warnings == []


@pytest.mark.parametrize('engine', ['uwsgi', 'nginx', 'apache'])
def test_a_lone_surrogate_that_an_extension_puts_in_breaks_nothing(
    project: SmallProject, engine: str
) -> None:
    project.add('conf.py', SURROGATES)
    project.write(index=block(engine, 'SURROGATE\n') + '\n:uwsgi:option:`SURROGATE`\n')
    if sphinx.version_info >= (9,):  # before, no page with such a character can be written
        assert project.build('html').findings
    built = project.build('configcheck')
    assert built.findings
    assert built.text('output.json').isascii()


SURROGATES = """\
def setup(app):
    def replace(app, docname, source):
        source[0] = source[0].replace('SURROGATE', chr(0xD800) + 'x')
    app.connect('source-read', replace)
"""


@pytest.mark.parametrize('count', [5000])
def test_thousands_of_blocks_on_a_page_take_no_longer_each(
    project: SmallProject, count: int
) -> None:
    page = '\n'.join('.. code-block:: nginx\n\n   server { listen 80; }\n' for _ in range(count))
    assert build(project, page).warnings == []


def test_a_long_run_of_equal_lines_is_found_in_linear_time(project: SmallProject) -> None:
    text = 'gzip on;\n' * 50_000
    page = block('nginx', text + 'x\n') + '\n' + block('nginx', text + 'lisen 80;\n')
    assert build(project, page).findings
