"""``:uwsgi:option:``, ``:apache:directive:``, ``:nginx:directive:``: links to what is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from lxml import html as lxml_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tests.sphinx.small_project import SmallProject

UWSGI = 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html'
APACHE = 'https://httpd.apache.org/docs/2.4/mod'
NGINX = 'https://nginx.org/en/docs/http'


@pytest.mark.parametrize(
    ('role', 'text', 'url'),
    [
        (':uwsgi:option:`http-socket`', 'http-socket', f'{UWSGI}#http-socket'),
        (':uwsgi:option:`master = true`', 'master = true', f'{UWSGI}#master'),
        (':uwsgi:option:`the master <master>`', 'the master', f'{UWSGI}#master'),
        (
            ':uwsgi:option:`http-socket = 127.0.0.1:1`',
            'http-socket = 127.0.0.1:1',
            f'{UWSGI}#http-socket',
        ),
        (':apache:directive:`ProxyPass`', 'ProxyPass', f'{APACHE}/mod_proxy.html#proxypass'),
        (':apache:directive:`KeepAlive Off`', 'KeepAlive Off', f'{APACHE}/core.html#keepalive'),
        (':apache:directive:`<Directory>`', '<Directory>', f'{APACHE}/core.html#directory'),
        (
            ':nginx:directive:`proxy_pass`',
            'proxy_pass',
            f'{NGINX}/ngx_http_proxy_module.html#proxy_pass',
        ),
    ],
)
def test_a_known_name_is_a_link_to_its_description(
    project: SmallProject, role: str, text: str, url: str
) -> None:
    project.write(index=f'See {role}.')
    built = project.build()
    assert built.warnings == []
    page = lxml_html.fromstring(built.text('index.html').encode())
    (link,) = cast('list[HtmlElement]', page.xpath(f'//p/a[@href="{url}"]'))
    assert link.text_content() == text
    assert link.find('code') is not None


def test_the_link_carries_what_the_engine_says_of_it(project: SmallProject) -> None:
    project.write(index=':uwsgi:option:`master`')
    assert 'title="enable master process"' in project.build().text('index.html')


@pytest.mark.parametrize(
    ('text', 'finding', 'message'),
    [
        (
            'Text\nand :uwsgi:option:`mster = true`.',
            'index.rst:2:5 CFG201',
            "does not know the option 'mster'; help: did you mean 'master'",
        ),
        (
            '* Text\n\n  * :apache:directive:`ProxyPas`',
            'index.rst:3:5 CFG201',
            "does not know the directive 'ProxyPas'; help: did you mean 'ProxyPass'",
        ),
        (
            ':nginx:directive:`text <proxy_pas>`',
            'index.rst:1:1 CFG201',
            "does not know the directive 'proxy_pas'; help: did you mean 'proxy_pass'",
        ),
        (':uwsgi:option:`é`', 'index.rst:1:1 CFG201', "does not know the option 'é'"),
    ],
)
def test_an_unknown_name_is_one_warning_on_every_build(
    project: SmallProject, text: str, finding: str, message: str
) -> None:
    project.write(index=text)
    for _ in range(2):
        built = project.build(nitpicky=True)
        assert built.findings == [finding]
        assert len(built.warnings) == 1
        assert message in built.warnings[0]
        assert '<code' in built.text('index.html')


def test_an_unknown_name_in_an_included_part_is_told_at_its_place(project: SmallProject) -> None:
    project.add('part.txt', 'Text\n\n.. begin\n\n:uwsgi:option:`mster`\n')
    project.write(index='.. include:: part.txt\n   :start-after: .. begin\n')
    assert project.build().findings == ['part.txt:5:1 CFG201']


@pytest.mark.parametrize('builder', ['text', 'man', 'latex', 'gettext', 'xml'])
def test_other_formats_show_the_bare_name(project: SmallProject, builder: str) -> None:
    project.write(index='Title\n=====\n\nSee :uwsgi:option:`master = true`, it helps.')
    built = project.build(builder, nitpicky=True, man_pages=[('index', 'page', '', '', 1)])
    assert built.warnings == []
    (file,) = (
        path
        for path in built.app.outdir.rglob('*')
        if path.suffix in {'.txt', '.1', '.tex', '.pot', '.xml'} and 'sphinx' not in path.name
    )
    output = file.read_text(encoding='utf-8')
    assert 'master = true' in output or builder == 'gettext'
    assert 'uwsgi-docs' not in output


def test_a_name_after_an_exclamation_mark_is_not_looked_up(project: SmallProject) -> None:
    project.write(index='Say :uwsgi:option:`!mster`.')
    built = project.build()
    assert built.warnings == []
    assert '>mster</span>' in built.text('index.html')


EXPLAINED = (
    'Set :uwsgi:option:`harakiri = 60`, :nginx:directive:`listen`.\n\n:uwsgi:option:`harakiri`'
)
BLOCK = '\n\n.. config-block:: uwsgi\n\n   [uwsgi]\n   '


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        (f'{EXPLAINED}{BLOCK}master = true\n', [(1, 5, 'CFG613', 'info')]),
        (f'{EXPLAINED}{BLOCK}harakiri = 30\n', []),
        (f'{EXPLAINED}{BLOCK}# harakiri = 30\n', []),
        (f'{EXPLAINED}{BLOCK}master = true{BLOCK}harakiri = 30\n', []),
        (EXPLAINED, []),
        (f'.. versionadded:: 1.0\n\n   :uwsgi:option:`harakiri`{BLOCK}master = true\n', []),
    ],
)
def test_a_name_that_is_explained_and_never_set_is_worth_knowing(
    project: SmallProject, text: str, found: list[tuple[int, int, str, str]]
) -> None:
    project.write(index=text)
    built = project.build('configcheck')
    assert built.warnings == []
    rows = [json.loads(row) for row in built.text('output.json').splitlines()]
    assert [(r['line'], r['column'], r['code'], r['severity']) for r in rows] == found
    assert all("uWSGI option 'harakiri'" in row['message'] for row in rows)
