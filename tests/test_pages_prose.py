"""Roles in the running text of a page, in bounded time."""

from __future__ import annotations

import time

import pytest

from glance_docs_ext.pages import read_page

ROLE = ':uwsgi:option:`harakiri`'


def keys(text: str, name: str = 'page.rst') -> list[str]:
    return [mention.key for mention in read_page(name, text).mentions]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        (f'Text {ROLE}, ({ROLE}).', ['harakiri', 'harakiri']),
        (f'``{ROLE}``', []),
        (f'`` {ROLE} ``', ['harakiri']),  # no literal: it begins with a blank
        (f'``a`` {ROLE} ``b``', ['harakiri']),
        (f'x{ROLE}', []),
        (f'{ROLE}s', []),
        ('\\:uwsgi:option:`harakiri`', []),
        (':uwsgi:option:`text <harakiri>`', ['harakiri']),
        (':uwsgi:option:`text\n<harakiri>`', ['harakiri']),
        (':uwsgi:option:`!harakiri`', []),
        (':uwsgi:option:`harakiri = 60`', ['harakiri']),
        (':uwsgi:directive:`harakiri`', []),
        (':nginx:option:`listen`', []),
        (':apache:directive:`<VirtualHost>`', ['<virtualhost']),
        (f'.. {ROLE}', []),
        (f'::\n\n   {ROLE}', []),
        (f'Term\n   {ROLE}', ['harakiri']),
        (f'| {ROLE}', ['harakiri']),
    ],
)
def test_roles_are_read_as_docutils_reads_them(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('{uwsgi:option}`harakiri`', ['harakiri']),
        ('`` {uwsgi:option}`harakiri` ``', []),
        ('```\n{uwsgi:option}`harakiri`\n```', []),
        ('- {uwsgi:option}`harakiri`', ['harakiri']),
        ('Text\n\n    {uwsgi:option}`harakiri`', []),
        ('<!--\n{uwsgi:option}`harakiri`\n-->', []),
        (':::{note}\n{uwsgi:option}`harakiri`\n:::', ['harakiri']),
        (f'```{{eval-rst}}\n{ROLE}\n```', ['harakiri']),
    ],
)
def test_roles_are_read_as_myst_reads_them(text: str, expected: list[str]) -> None:
    assert keys(text, 'page.md') == expected


@pytest.mark.parametrize('piece', ['``a ', '`', '`a', ':uwsgi:option:`x ', ':', '\\', '``a`` '])
def test_text_that_looks_like_roles_takes_bounded_time(piece: str) -> None:
    start = time.process_time()
    for name in ('page.rst', 'page.md'):
        read_page(name, piece * 50_000)
        read_page(name, piece.replace(':uwsgi:option:', '{uwsgi:option}') * 10_000)
    assert time.process_time() - start < 15
