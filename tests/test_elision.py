"""What a block leaves out, and says so, is not missed; dots that are no comment are told."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.source import Source

SERVICE = '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nmodule = app:application\n'
PARTS = {  # what says in each server that something is left out, and a block that lacks something
    'UWS405': ('uwsgi', '# ...', f'{SERVICE}harakiri = 9\n'),
    'UWS408': ('uwsgi', '; … and the rest', f'{SERVICE}master = true\n'),
    'NGX221': ('nginx', '# [...]', 'http {\n    server {\n        return 200 $mine;\n    }\n}\n'),
    'NGX225': ('nginx', '# ...', 'upstream glance {\n    keepalive 2;\n}\n'),
    'DEP606': ('apache', '#...', 'WSGIScriptAlias / /srv/glance/wsgi.py\n'),
    'DEP607': ('apache', '# ... more', '<VirtualHost *:9292>\n</VirtualHost>\n'),
}


def codes(engine: str, text: str) -> set[str]:
    """Return what is found in a block, alone and as a page."""
    checked = check(Source(text, 'f'), engine)
    found = [*checked.diagnostics, *check_deployment([checked.document])]
    return {one.code for one in found}


@pytest.mark.parametrize('code', PARTS)
def test_what_may_be_left_out_is_not_missed(code: str) -> None:
    engine, comment, text = PARTS[code]
    assert code in codes(engine, text)
    assert code in codes(engine, f'# As usual...\n{text}')
    assert code not in codes(engine, f'{text}{comment}\n')


@pytest.mark.parametrize('dots', ['...', '…', '.....'])
@pytest.mark.parametrize(
    ('engine', 'text', 'code'),
    [
        ('apache', '<Location /v2>\n    Require valid-user\n    {}\n</Location>\n', 'CFG201'),
        ('uwsgi', '[uwsgi]\nenv = A=1\n{}\n', 'CFG201'),
        ('nginx', 'location /v2 {{\n    {}\n    root /srv;\n}}\n', 'NGX110'),
    ],
)
def test_dots_for_what_is_left_out_are_a_fault_with_a_way_to_say_it(
    engine: str, text: str, code: str, dots: str
) -> None:
    (found,) = check(Source(text.format(dots), 'f'), engine).diagnostics
    assert found.code == code
    assert found.help == 'say what is left out in a comment, such as "# ... your own settings"'


@pytest.mark.parametrize('dots', ['[...]', '[…]', '[ ... ]', '[... your own settings ...]'])
def test_dots_in_brackets_are_a_section_to_uwsgi_that_takes_what_follows_along(dots: str) -> None:
    lost = 'harakiri = 9s\nproceses = 4\n'
    for text in (f'{SERVICE}{dots}\n{lost}', f'{SERVICE[8:]}{dots}\n{lost}'):
        (found,) = check(Source(text, 'f'), 'uwsgi').diagnostics
        assert found.code == 'UWS115'
        assert "ignores 'harakiri'" in found.message


@pytest.mark.parametrize(
    'text',
    [
        f'{SERVICE}master = true\n[...]\n',
        f'[images]\nenv = A=1\n[...]\nthreads = x\n{SERVICE}die-on-term = true\n',
        f'{SERVICE}ini = :more\n[more]\nharakiri = 9\n[...]\nthreads = x\n',
    ],
)
def test_dots_in_brackets_that_take_nothing_along_only_say_that_something_is_left_out(
    text: str,
) -> None:
    assert check(Source(text, 'f'), 'uwsgi').diagnostics == ()


def test_dots_in_brackets_are_told_behind_a_header_that_is_meant_and_a_sign_that_is_deleted() -> (
    None
):
    text = '[UWSGI]\nmaster = true\nprocname = a%%b\n[...]\nprocesses = 2\n'
    assert codes('uwsgi', text) == {'UWS101', 'UWS115'}


def test_dots_in_brackets_that_are_written_twice_are_told_once() -> None:
    text = f'{SERVICE}[...]\nthreads = 4\n[uwsgi]\nprocesses = auto\n[...]\nenv = A=1\n'
    assert codes('uwsgi', text) == {'UWS115', 'UWS201'}
