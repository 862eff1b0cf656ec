"""The table of claims: pages with ``:uwsgi:option:`text <name>``` in, what both sides say out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from lxml import html as lxml_html

from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml.html import HtmlElement
    from sphinx.testing.util import SphinxTestApp

    from tests.sphinx.small_project import Built

RULES = 'Rules\n=====\n\n.. configcheck-rules:: CFG613\n'
INDEX = 'Start\n=====\n\n.. toctree::\n   :glob:\n\n   *\n'
UWSGI = 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html'
LEAD = 'What this project says.'


def page(text: str) -> str:
    return f'Deploy\n======\n\nStop\n----\n\n{text}\n'


RELOAD = page('This is the :uwsgi:option:`graceful\nreload <exit-on-reload>` of the service.')


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    project = SmallProject(tmp_path / 'project', make_app)
    project.write(index=INDEX, rules=RULES, deploy=RELOAD)
    return project


def rows(built: Built) -> list[tuple[str, str, str]]:
    """Return the cells of the table on the page of the rules, without the heading."""
    return [
        cast('tuple[str, str, str]', tuple(' '.join(cell.text_content().split()) for cell in row))
        for row in elements(built, '//table[contains(@class, "configcheck-claims")]/tbody/tr')
    ]


def elements(built: Built, path: str) -> list[HtmlElement]:
    tree = lxml_html.fromstring(built.text('rules.html').encode())
    return cast('list[HtmlElement]', tree.xpath(path))


def claimed(built: Built) -> list[str]:
    return [said for _, said, _ in rows(built)]


def test_a_claim_stands_beside_what_the_server_says_and_is_no_finding(
    project: SmallProject,
) -> None:
    built = project.build(nitpicky=True)
    assert built.warnings == []
    assert rows(built) == [
        (
            'exit-on-reload uWSGI 2.0.31',
            'graceful reload (Stop)',
            'force exit even if a reload is requested A switch.',
        )
    ]
    table = '//table[contains(@class, "configcheck-claims")]'
    links = [link.get('href') for link in elements(built, f'{table}//a')]
    assert links == [f'{UWSGI}#exit-on-reload', 'deploy.html#stop']


@pytest.mark.parametrize(
    ('role', 'name', 'known'),
    [
        (
            ':nginx:directive:`size <client_max_body_size>`',
            'client_max_body_size nginx 1.31',
            (
                'Of the module ngx_http_core_module. Takes one argument. '
                'May stand in http, in server, in location.'
            ),
        ),
        (
            ':apache:directive:`waits <Proxy100Continue>`',
            'Proxy100Continue Apache 2.4.71',
            (
                'on if 100-Continue should be forwarded to the origin server, off if the proxy '
                'should handle it by itself Of the module mod_proxy.c. Takes on or off. '
                'May stand outside of all sections, inside <VirtualHost>, inside <Directory>, '
                'inside <Location>, inside <Files>, inside <Proxy>, inside <If>, inside <Limit>. '
                'Since Apache 2.4.40.'
            ),
        ),
        (
            ':apache:directive:`signs in <MellonEnable>`',
            'MellonEnable Apache 2.4.71',
            (
                'Of the module mod_auth_mellon.c of the package libapache2-mod-auth-mellon. '
                'Takes one argument.'
            ),
        ),
        (
            ':uwsgi:option:`threads on <enable-threads>`',
            'enable-threads uWSGI 2.0.31',
            (
                'enable threads (stub option this is true by default) A switch. '
                'No effect since uWSGI 2.0.27.'
            ),
        ),
        (
            ':uwsgi:option:`where to look <pythonpath>`',
            'pythonpath uWSGI 2.0.31',
            'add directory (or glob) to pythonpath Of the plugin python. Takes a value.',
        ),
        (':nginx:directive:`safe <ssl>`', 'ssl nginx 1.31', 'Removed in nginx 1.25.1.'),
    ],
)
def test_the_server_says_what_its_catalogue_holds(
    project: SmallProject, role: str, name: str, known: str
) -> None:
    project.write(deploy=page(role))
    ((shown, _, said),) = rows(project.build())
    assert shown == name
    assert known in said


def test_a_name_in_two_modules_is_described_twice(project: SmallProject) -> None:
    project.write(deploy=page(':nginx:directive:`hands on <proxy_pass>`'))
    ((_, _, said),) = rows(project.build())
    assert said.index('ngx_http_proxy_module') < said.index('ngx_stream_proxy_module')


def test_all_pages_that_claim_something_of_a_name_share_its_row(project: SmallProject) -> None:
    project.write(
        other='No section, but :uwsgi:option:`restart <exit-on-reload>`.',
        third=page(':uwsgi:option:`end <harakiri>`, :uwsgi:option:`end <harakiri>`'),
    )
    assert claimed(project.build()) == ['graceful reload (Stop) restart (other)', 'end (Stop)']


@pytest.mark.parametrize(
    'text',
    [
        'Set :uwsgi:option:`harakiri`, :uwsgi:option:`harakiri = 60`.',
        'Write :uwsgi:option:`harakiri <harakiri>`.',
        'Say :uwsgi:option:`!text <harakiri>`.',
        'Inside :apache:directive:`<Directory>`.',
        ':doc:`text <index>`',
        '.. only:: latex\n\n   :uwsgi:option:`end <harakiri>`',
    ],
)
def test_without_claims_nothing_is_shown(project: SmallProject, text: str) -> None:
    project.write(deploy=page(text))
    built = project.build()
    assert built.warnings == []
    assert rows(built) == []
    assert LEAD not in built.text('rules.html')


def test_a_claim_that_changes_comes_and_goes_with_its_page(project: SmallProject) -> None:
    assert claimed(project.build()) == ['graceful reload (Stop)']
    project.write(deploy=page(':uwsgi:option:`exit <exit-on-reload>`'))
    assert claimed(project.build()) == ['exit (Stop)']
    project.write(deploy=page(':uwsgi:option:`exit <exit-on-reload>`').replace('Stop', 'Halt'))
    assert claimed(project.build()) == ['exit (Halt)']
    (project.folder / 'deploy.rst').unlink()
    assert claimed(project.build()) == []
    project.write(deploy=RELOAD)
    assert claimed(project.build()) == ['graceful reload (Stop)']


def test_a_build_without_news_writes_nothing(project: SmallProject) -> None:
    project.build()
    status = project.build().status
    assert '0 added, 0 changed' in status
    assert 'no targets are out of date' in status


@pytest.mark.parametrize('processes', [2, 4])
def test_many_processes_show_what_one_shows(project: SmallProject, processes: int) -> None:
    numbers = range(12)
    project.write(
        **{f'page{n:02}': page(f':uwsgi:option:`text {n:02} <harakiri>`') for n in numbers}
    )
    expected = ' '.join(f'text {n:02} (Stop)' for n in numbers)
    assert claimed(project.build(parallel=processes)) == ['graceful reload (Stop)', expected]
    project.write(page07=page('Nothing.'), page08=page(':uwsgi:option:`other <harakiri>`'))
    changed = expected.replace('text 07 (Stop) ', '').replace('text 08', 'other')
    assert claimed(project.build(parallel=processes)) == ['graceful reload (Stop)', changed]


@pytest.mark.parametrize(
    'builder', ['html', 'dirhtml', 'singlehtml', 'epub', 'text', 'man', 'latex', 'xml', 'gettext']
)
def test_every_builder_shows_the_table_without_a_warning(
    project: SmallProject, builder: str
) -> None:
    built = project.build(builder, parallel=2, nitpicky=True, version='1', copyright='us')
    assert built.warnings == []


def test_a_text_page_shows_both_sides(project: SmallProject) -> None:
    text = project.build('text').text('rules.txt')
    line = next(line for line in text.splitlines() if 'exit-on-reload' in line and '|' in line)
    assert 'graceful reload' in line
    assert 'force exit even if a reload' in line


def test_a_pdf_without_the_claiming_page_names_its_section_bare(project: SmallProject) -> None:
    project.conf['latex_documents'] = [('rules', 'rules.tex', 'Rules', 'us', 'manual')]
    built = project.build('latex')
    assert built.warnings == []
    assert 'graceful reload (Stop)' in built.text('rules.tex')
