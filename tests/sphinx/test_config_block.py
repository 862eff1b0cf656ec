"""``config-block``: a page in, its blocks and what is said of them out."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, cast

import pytest
from lxml import html as lxml_html

from glance_docs_ext.services import SERVICES

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from tests.sphinx.small_project import Built, SmallProject

GOOD = '[uwsgi]\nmaster = true\nhttp-socket = 127.0.0.1:60999\n'


def block(argument: str, *lines: str) -> str:
    return '\n   '.join((f'.. config-block:: {argument}', *lines)) + '\n'


def shown(built: Built, xpath: str) -> list[str]:
    page = lxml_html.fromstring(built.text('index.html').encode())
    found = cast('list[HtmlElement]', page.xpath(xpath))
    return [str(element.text_content()) for element in found]


def messages(built: Built) -> list[str]:
    return [warning.partition(': WARNING: ')[2] for warning in built.warnings]


@pytest.mark.parametrize(
    ('engine', 'text'),
    [
        ('uwsgi', '[uwsgi]\n# é & <x> "y"   z\nmaster = true'),
        ('apache', '<VirtualHost *:80>\n    ServerName "é & <x>"\n</VirtualHost>'),
        ('nginx', 'server {\n    server_name  "é";\n}'),
    ],
)
def test_the_page_shows_the_text_character_by_character(
    project: SmallProject, engine: str, text: str
) -> None:
    project.write(index=block(engine, ':name: it', '', *text.split('\n')))
    built = project.build()
    assert built.warnings == []
    assert shown(built, '//div[@id="it"]//pre') == [f'{text}\n']


def test_a_block_with_all_options_of_code_block_looks_like_one(project: SmallProject) -> None:
    options = (
        *(':caption: Where *it* is', ':name: it', ':class: mine', ':linenos:', ':lineno-start: 5'),
        *(':emphasize-lines: 2', ':dedent: 2', ':force:', '', '  [uwsgi]', '  master = true'),
    )
    project.write(index=block('uwsgi', *options))
    built = project.build()
    assert built.warnings == []
    assert shown(built, '//div[@id="it"]//div[@class="code-block-caption"]//em') == ['it']
    assert shown(built, '//div[@id="it"]//div[contains(@class, "mine")]//span[@class="hll"]')
    assert 'class="linenos">6<' in built.text('index.html')


def test_a_named_block_can_be_linked_to_by_its_caption(project: SmallProject) -> None:
    project.write(
        index=':ref:`it`\n\n' + block('nginx', ':name: it', ':caption: A server', '', 'user x;')
    )
    built = project.build()
    assert built.warnings == []
    assert shown(built, '//a[@href="#it"]//span[contains(@class, "std-ref")]') == ['A server']


def test_a_file_is_shown_and_read_again_when_it_changes(project: SmallProject) -> None:
    project.add('site.ini', GOOD)
    project.write(index=block('uwsgi', ':file: site.ini', ':name: it'))
    built = project.build()
    assert built.warnings == []
    assert shown(built, '//div[@id="it"]//pre') == [GOOD]
    project.add('site.ini', '[uwsgi]\nproceses = 4\n')
    os.utime(project.folder / 'site.ini', (2**31, 2**31))
    assert project.build().findings == ['site.ini:2:1 CFG201']


@pytest.mark.parametrize(
    ('name', 'content', 'problem'),
    [
        ('missing.ini', None, 'there is no such file'),
        ('../outside.ini', None, 'outside the source tree'),
        ('/../outside.ini', None, 'outside the source tree'),
        ('latin.ini', '[uwsgi]\n# é\n'.encode('latin-1'), 'byte 11 is not UTF-8'),
        ('surrogate.ini', b'[uwsgi]\n# \xed\xa0\x80\n', 'byte 11 is not UTF-8'),
        ('nul.ini', b'[uwsgi]\nmaster = \0\n', 'it holds a NUL character'),
        ('empty.ini', b'', 'it is empty'),
        ('folder/', None, 'it is not a regular file'),
        ('link.ini', None, 'outside the source tree'),
        ('loop.ini', None, 'loop.ini'),
    ],
)
def test_a_file_that_cannot_be_shown_is_one_warning_on_every_build(
    project: SmallProject, name: str, content: bytes | None, problem: str
) -> None:
    project.write(index='Before\n\n' + block('uwsgi', f':file: {name}') + '\nAfter\n')
    (project.folder / 'folder').mkdir()
    project.folder.with_name('outside.ini').write_text(GOOD)
    (project.folder / 'link.ini').symlink_to(project.folder.with_name('outside.ini'))
    (project.folder / 'loop.ini').symlink_to(project.folder / 'loop.ini')
    if content is not None:
        project.add(name, content)
    for _ in range(2):
        built = project.build()
        assert built.findings == ['index.rst:4:5 CFG602']
        assert len(built.warnings) == 1
        assert problem in built.warnings[0]
        assert built.warnings[0].endswith('[configcheck.unreadable-file]')
        assert {'Before', 'After'} <= set(shown(built, '//p'))


@pytest.mark.parametrize(
    ('text', 'message'),
    [
        (block('lighttpd', '', 'x'), "there is no engine 'lighttpd'; help: write one of: apache,"),
        (block('nginx'), 'a config-block without text; help: write its text'),
        (block('nginx', ':context: table', '', 'user x;'), ":context: does not know 'table'"),
        (block('nginx', ':expect: XYZ1', '', 'user x;'), ":expect: does not know 'XYZ1'"),
        (block('nginx', ':service: uplods', '', 'user x;'), ":service: does not know 'uplods'"),
        (block('nginx', ':unchecked:', '', 'user x;'), ':unchecked: without a reason'),
        (block('nginx', ':file: x', '', 'user x;'), 'a config-block with :file: and text'),
        (
            '.. configcheck: unchecked\n\n.. code-block:: nginx\n\n   user x;\n',
            'a configcheck comment without a reason; the block is checked',
        ),
        (
            '.. configcheck: unchecked because it is long\n\nNo block\n',
            'a configcheck comment that stands before no block',
        ),
    ],
)
def test_markup_without_meaning_is_one_warning_on_every_build(
    project: SmallProject, text: str, message: str
) -> None:
    project.write(index=text)
    for _ in range(2):
        built = project.build()
        assert len(built.warnings) == 1, built.warnings
        assert messages(built)[0].startswith(f'CFG604 {message}')


def test_a_block_whose_markup_is_wrong_is_shown_all_the_same(project: SmallProject) -> None:
    project.write(index=block('lighttpd', '', 'server.port = 80'))
    assert 'server.port = 80' in html.unescape(project.build().text('index.html'))


def test_the_context_decides_what_a_fragment_may_hold(project: SmallProject) -> None:
    project.write(
        index=block('apache', ':context: vhost', '', 'Listen 80')
        + '\n'
        + block('apache', '', 'Listen 80')
    )
    assert project.build().findings == ['index.rst:4:4 CFG202']


def test_what_a_block_expects_is_no_finding_and_what_it_misses_is_one(
    project: SmallProject,
) -> None:
    fault = ('', 'lisen 80;', 'user a b c;')
    project.write(
        index=block('nginx', ':expect: CFG201, CFG203', *fault)
        + '\n'
        + block('nginx', ':expect: CFG201', *fault)
        + '\n'
        + block('nginx', ':caption: x', ':expect: CFG201', '', 'user x;')
    )
    built = project.build()
    assert built.findings == ['index.rst:11:13 CFG203', 'index.rst:15:5 CFG601']
    assert 'CFG201 is expected in this block, and was not found' in built.warnings[1]


def test_a_finding_between_blocks_can_be_expected(project: SmallProject) -> None:
    pair = (
        block('uwsgi', '', '[uwsgi]', 'http-socket = 127.0.0.1:60999', 'module = a:b')
        + '\n'
        + block('apache', '', 'ProxyPass / uwsgi://127.0.0.1:60999/')
    )
    project.write(index=pair)
    assert project.build().findings == ['index.rst:9:16 DEP601']
    project.write(index=pair.replace('apache', 'apache\n   :expect: DEP601'))
    assert project.build().warnings == []


def test_what_blocks_show_together_counts_among_what_a_block_may_show(
    project: SmallProject,
) -> None:
    proxies = [f'ProxyPass /{number} uwsgi://127.0.0.1:60999/' for number in range(80)]
    project.write(
        index=block('uwsgi', '', '[uwsgi]', 'http-socket = 127.0.0.1:60999', 'module = a:b')
        + '\n'
        + block('apache', '', *proxies, *['Lisen 80'] * 80)
    )
    built = project.build()
    codes = [finding.split()[1] for finding in built.findings]
    assert (codes.count('DEP601'), codes.count('CFG201'), codes.count('CFG605')) == (80, 20, 1)
    assert '60 more findings in this block are left out' in built.warnings[-1]


def test_what_blocks_of_several_pages_show_together_counts_as_well(project: SmallProject) -> None:
    proxies = [f'ProxyPass /{number} uwsgi://127.0.0.1:60999/' for number in range(110)]
    uwsgi = ('[uwsgi]', 'http-socket = 127.0.0.1:60999', 'module = a:b')
    project.write(
        index=block('uwsgi', ':deployment: a', '', *uwsgi),
        other=':orphan:\n\n' + block('apache', ':deployment: a', '', *proxies, *['Lisen 80'] * 120),
    )
    built = project.build()
    codes = [finding.split()[1] for finding in built.findings]
    assert (codes.count('DEP601'), codes.count('CFG605')) == (100, 1)
    assert '130 more findings in this block are left out' in built.warnings[-1]


def test_either_copy_of_a_block_may_expect_what_both_show_with_others(
    project: SmallProject,
) -> None:
    service = ('[uwsgi]', 'strict = true', 'include = common.ini', 'chdir = %(base)/app')
    part = ('[uwsgi]', 'base = /srv')
    first, copy = (
        block('uwsgi', ':caption: common.ini', expect, '', *part)
        for expect in ('', ':expect: UWS113')
    )
    project.write(index='\n'.join((block('uwsgi', '', *service), first, copy)))
    assert [finding.split()[1] for finding in project.build().findings] == ['UWS113']


@pytest.mark.parametrize(
    'text',
    [
        block('nginx', ':unchecked: made for another server', '', 'lisen 80;'),
        (
            '.. configcheck: unchecked because made for another server\n\n'
            '.. code-block:: nginx\n   :caption: x\n\n   server { lisen 80; }\n'
        ),
        (
            '.. configcheck: unchecked because made\n   for another server\n\n'
            '.. _target:\n\n.. code-block:: nginx\n\n   server { lisen 80; }\n'
        ),
    ],
)
def test_a_block_is_left_alone_for_a_reason_that_the_report_lists(
    project: SmallProject, text: str
) -> None:
    project.write(index=text)
    built = project.build('configcheck')
    assert built.warnings == []
    assert 'nginx block is not checked: made for another server' in built.text('output.txt')
    assert '0 blocks checked' in built.text('output.txt')


def test_pygments_does_not_repeat_what_we_have_said(project: SmallProject) -> None:
    project.write(index='.. code-block:: apache\n\n   <VirtualHost *:80>\n   </Virtual§\n')
    assert not [w for w in project.build().warnings if 'highlighting_failure' in w]


def test_plain_blocks_are_left_alone_where_the_project_says_so(project: SmallProject) -> None:
    project.write(
        index='.. code-block:: nginx\n\n   server { lisen 80; }\n\n'
        + block('nginx', '', 'lisen 1;')
    )
    assert project.build().findings == ['index.rst:3:13 CFG201', 'index.rst:7:4 CFG201']
    assert project.build(configcheck_plain_blocks=False).findings == ['index.rst:7:4 CFG201']


def test_ini_that_is_not_for_uwsgi_is_none_of_our_business(project: SmallProject) -> None:
    project.write(index='.. code-block:: ini\n\n   [DEFAULT]\n   proceses = 4\n')
    built = project.build('configcheck')
    assert built.text('output.txt') == '0 blocks checked\nno findings\n'


def test_a_parsed_literal_is_no_configuration(project: SmallProject) -> None:
    project.write(index='.. parsed-literal::\n\n   server { lisen *80*; }\n')
    assert project.build(highlight_language='nginx').warnings == []


def test_an_unknown_service_in_the_settings_stops_the_build(project: SmallProject) -> None:
    project.write(index='x')
    with pytest.raises(Exception, match="configcheck_services: unknown 'uplods'; expected some of"):
        project.build(configcheck_services=['uplods'])


COPY = block('uwsgi', ':matches: {}', '', '[uwsgi]', 'master = true', 'http-socket = :60999')


def repository(project: SmallProject, text: str) -> Path:
    """Make a repository around the project, with a file that it ships; return that file."""
    (project.folder.parent / '.git').mkdir()
    file = project.folder.parent / 'etc' / 'site.ini'
    file.parent.mkdir()
    file.write_text(text)
    return file


@pytest.mark.parametrize('name', ['../etc/site.ini', '/../etc/site.ini'])
def test_a_hand_copy_is_held_to_the_file_that_the_repository_ships(
    project: SmallProject, name: str
) -> None:
    text = '[uwsgi]\nmaster = true\nhttp-socket = :60999'
    file = repository(project, f'\n{text}  \n\n')
    project.write(index=COPY.format(name))
    assert project.build().warnings == []
    file.write_text(text.replace('true', 'false'))
    os.utime(file, (2**31, 2**31))
    for _ in range(2):
        built = project.build()
        assert built.findings == ['index.rst:5:4 CFG614']
        assert "line 2 of the file is 'master = false'" in built.warnings[0]


@pytest.mark.parametrize(
    ('text', 'finding', 'message'),
    [
        ('[uwsgi]\nmaster = true\n', 'index.rst:6:4 CFG614', 'the file ends before this line'),
        (
            '[uwsgi]\nmaster = true\nhttp-socket = :60999\nthreads = 2\n',
            'index.rst:6:4 CFG614',
            "the file goes on with 'threads = 2'",
        ),
    ],
)
def test_a_hand_copy_that_is_longer_or_shorter_is_no_copy(
    project: SmallProject, text: str, finding: str, message: str
) -> None:
    repository(project, text)
    project.write(index=COPY.format('../etc/site.ini'))
    built = project.build()
    assert built.findings == [finding]
    assert message in built.warnings[0]


def test_a_file_to_compare_with_that_is_not_there_is_one_warning(project: SmallProject) -> None:
    project.write(index=COPY.format('missing.ini'))
    for _ in range(2):
        built = project.build()
        assert built.findings == ['index.rst:2:5 CFG604']
        assert "cannot compare the block with 'missing.ini': there is no such file" in str(
            built.warnings
        )


def test_a_file_outside_of_the_project_is_not_compared_with(project: SmallProject) -> None:
    project.write(index=COPY.format('../outside.ini'))
    project.folder.with_name('outside.ini').write_text(GOOD)
    built = project.build()
    assert built.findings == ['index.rst:2:5 CFG604']
    assert 'outside the source tree' in built.warnings[0]
    assert 'master' not in built.warnings[0]


def test_a_rule_about_a_service_speaks_where_the_block_or_the_project_says_so(
    project: SmallProject,
) -> None:
    uploads = 'location / { proxy_pass http://127.0.0.1:60999; }'
    project.write(index=block('nginx', '', uploads))
    assert project.build().findings == []
    assert project.build(configcheck_services=['uploads']).findings == ['index.rst:3:17 DEP410']
    project.write(index=block('nginx', ':service: uploads own-links', '', uploads))
    assert project.build().findings == ['index.rst:4:17 DEP410']


def test_an_unknown_service_of_a_block_is_answered_with_those_there_are(
    project: SmallProject,
) -> None:
    project.write(index=block('nginx', ':service: uploads uplods', '', 'user x;'))
    (warning,) = project.build().warnings
    assert 'write one of: ' + ', '.join(sorted(SERVICES)) in warning
