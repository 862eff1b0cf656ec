"""Blocks of uWSGI that load each other are read as the configuration that they make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glance_docs_ext.engines.uwsgi import together
from glance_docs_ext.inputs import Input, Reader
from glance_docs_ext.native import sandbox
from glance_docs_ext.pages import read_page
from glance_docs_ext.verdicts import findings
from tests.asked import require_engine

PAGE = """\
Page
====

.. code-block:: ini
   :caption: /etc/glance/glance-api.ini

{main}

The parts that all services share:

.. code-block:: ini
   :caption: common.ini

{part}
"""
SERVICE = 'http-socket = 127.0.0.1:9292\nmodule = glance.wsgi.api\nmaster = true\n'

# The first block, the file that it loads, and what is wrong: the block, its line, the code.
CASES = {
    'a variable of the one is used by the other': (
        'include = common.ini\nchdir = %(base)/app\n',
        'base = /srv\n',
        [],
    ),
    'a variable of the one is used by the part': (
        'base = /srv\ninclude = common.ini\n',
        'chdir = %(base)/app\n',
        [],
    ),
    'a name that neither uses': (
        'include = common.ini\nchdir = %(base)/app\n',
        'bace = /srv\n',
        ['part 2 CFG201'],
    ),
    'a variable under strict mode of the other': (
        'strict = true\ninclude = common.ini\nchdir = %(base)/app\n',
        'base = /srv\n',
        ['part 2 UWS113'],
    ),
    'set-placeholder under strict mode of the other': (
        'strict = true\ninclude = common.ini\nchdir = %(base)/app\n',
        'set-placeholder = base=/srv\n',
        [],
    ),
    'a value that comes from the other': (
        'include = common.ini\nprocesses = -%(number)\n',
        'set-placeholder = number=4\n',
        ['main 3 UWS202'],
    ),
    'a value that the other fills': (
        'set-placeholder = number=4\ninclude = common.ini\n',
        'processes = -%(number)\n',
        ['part 2 UWS202'],
    ),
    'a list that forbids what the other sets': (
        'blacklist = processes\ninclude = common.ini\n',
        'processes = 4\n',
        ['part 2 UWS221'],
    ),
    'an if that the part closes': ('if-env = X\nini = common.ini\n', 'endif =\n', []),
    'a file beside the one that loads it, and its own variables': (
        'project_root = /srv\nproject_name = shop\nini = %dcommon.ini\nhttp-socket = :8080\n',
        'chdir = %(project_root)/%(project_name)\nenv = SETTINGS=%(project_name).settings\n',
        [],
    ),
    'parts of the part': (
        'var_id = 7\nvar_socket = 127.0.0.1:99\nvar_queue = -5\ninclude = common.ini\n',
        'procname-prefix-spaced = [%(var_id)]\nsocket = %(var_socket)\nworkers = %(var_queue)\n',
        ['part 4 UWS202'],
    ),
    'a section of the other': (
        'ini = common.ini:images\nprocesses = -%(number)\n',
        'harakiri = 4\n[images]\nset-placeholder = number=4\n',
        ['main 3 UWS202'],
    ),
    'a block of which another section is loaded is one of its own': (
        'ini = common.ini:images\n',
        'proceses = 4\n[images]\nharakiri = 4\n',
        ['part 2 CFG201'],
    ),
    'a section of the file that was loaded last': (
        'ini = common.ini\nini = :images\n[images]\nproceses = 4\n',
        'harakiri = 4\n[images]\nprocesses = 4\n',
        [],
    ),
    'what is inherited is loaded later': (
        'inherit = common.ini\nini = :images\n[images]\nprocesses = -4\n',
        'harakiri = 4\n[images]\nprocesses = 4\n',
        ['main 5 UWS202'],
    ),
    'a line with the name of the file that loads nothing': (
        'include = common.ini\nproceses = common.ini\n',
        'harakiri = 4\n',
        ['main 3 CFG201'],
    ),
    'what is inherited comes behind all placeholders': (
        'inherit = common.ini\nprocesses = -%(number)\n',
        'set-placeholder = number=4\n',
        [],
    ),
    'what is included comes before them': (
        'processes = -%(number)\ninclude = /etc/uwsgi/common.ini\n',
        'set-placeholder = number=4\n',
        ['main 2 UWS202'],
    ),
    'a master that the part starts': (
        f'include = common.ini\n{SERVICE.replace("master = true", "")}',
        'processes = 4\nmaster = true\ndie-on-term = true\n',
        [],
    ),
}


# Names that a strict uWSGI refuses, and that are variables for others.
ANOTHER_BUILD = {
    'a name that neither uses',
    'a line with the name of the file that loads nothing',
    'a block of which another section is loaded is one of its own',
}


def page(main: str, part: str) -> str:
    """Return a page with two blocks."""
    return PAGE.format(main=_indented(main), part=_indented(part))


def _indented(text: str) -> str:
    return '\n'.join(f'   {line}' for line in f'[uwsgi]\n{text}'.split('\n'))


def found(main: str, part: str) -> list[str]:
    """Return the errors of a page with both blocks, as ``block line code``."""
    read = read_page('page.rst', page(main, part))
    starts = [block.place.line for block in read.blocks]
    assert len(starts) == 2
    whole = findings([Input('page.rst', read.blocks, read.notes, read.diagnostics)])
    errors = [one for one in whole if one.severity.value == 'error']
    return [
        f'{"part" if one.place.line >= starts[1] else "main"} '
        f'{one.place.line - starts[one.place.line >= starts[1]] + 1} {one.code}'
        for one in errors
    ]


@pytest.mark.parametrize('case', CASES)
def test_a_block_and_what_it_loads_are_judged_as_one(case: str) -> None:
    main, part, wanted = CASES[case]
    assert found(main, part) == wanted


@pytest.mark.parametrize('case', sorted(CASES.keys() - ANOTHER_BUILD))
def test_uwsgi_itself_judges_the_two_files_so(case: str) -> None:
    require_engine('uwsgi')
    main, part, wanted = CASES[case]
    text = main if '%d' in main else re.sub(r'\S*common\.ini', '/conf/common.ini', main)
    files = {'/conf/app.ini': f'[uwsgi]\n{text}', '/conf/common.ini': f'[uwsgi]\n{part}'}
    run = sandbox.run(
        [
            *(sandbox.program('uwsgi'), '--plugins', 'http,python3', '--get', 'no-such-key'),
            *('--ini', '/conf/app.ini'),
        ],
        {name: text.encode() for name, text in files.items()},
        visible=[Path('/etc/alternatives')],
    )
    assert not run.stopped
    assert (run.status != 0) == bool(wanted), run.output


def test_files_that_are_checked_together_are_read_so_too(tmp_path: Path) -> None:
    (tmp_path / 'api.ini').write_text('[uwsgi]\ninclude = common.ini\nprocesses = -%(number)\n')
    (tmp_path / 'common.ini').write_text('[uwsgi]\nnumber = 4\n')
    inputs = [*Reader().read(str(tmp_path))]
    assert [one.code for one in findings(inputs) if one.severity.fails] == ['CFG201']
    whole = findings(inputs, together=True)
    assert [(Path(one.place.path).name, one.place.line, one.code) for one in whole] == [
        ('api.ini', 3, 'UWS202')
    ]


def test_a_comment_in_the_first_line_names_the_file_as_well() -> None:
    blocks = (
        '[uwsgi]\ninclude = /etc/uwsgi/common.ini\nprocesses = -%(number)\n',
        '# /srv/conf/common.ini:\n[uwsgi]\nnumber = 4\n',
    )
    assert codes_of(*blocks) == ['UWS202']


def test_a_variable_that_another_block_uses_is_one_also_where_files_have_no_names() -> None:
    blocks = (
        '[uwsgi]\ninclude = /etc/uwsgi/common.ini\nchdir = %(base)\n',
        '[uwsgi]\nbase = /srv\n',
    )
    assert codes_of(*blocks) == []


def test_blocks_that_load_nothing_are_services_of_their_own() -> None:
    assert codes_of('[uwsgi]\nchdir = %(base)\n', '[uwsgi]\nbase = /srv\n') == ['CFG201']


def test_of_two_blocks_with_one_name_none_is_taken() -> None:
    blocks = (
        '[uwsgi]\ninclude = common.ini\nprocesses = -%(number)\n',
        '# common.ini\n[uwsgi]\nset-placeholder = number=4\n',
        '# common.ini\n[uwsgi]\nset-placeholder = number=5\n',
    )
    assert codes_of(*blocks) == []


def test_a_block_that_is_shown_twice_is_one_file() -> None:
    main = '[uwsgi]\ninclude = common.ini\nchdir = %(base)\nprocesses = -%(number)\n'
    part = '# common.ini\n[uwsgi]\nbase = /srv\nset-placeholder = number=4\n'
    assert codes_of(main, part, part) == ['UWS202']
    assert codes_of(main, part, main, part) == ['UWS202', 'UWS202']


def test_a_section_of_a_file_that_is_not_here_is_not_looked_for_in_another() -> None:
    sections = 'ini = :images\n[images]\nproceses = 4\n'
    assert codes_of(f'[uwsgi]\n{sections}') == ['CFG201']
    assert codes_of(f'[uwsgi]\nini = /etc/uwsgi/other.ini\n{sections}') == []
    assert codes_of(f'[uwsgi]\nif-env = X\nini = other.ini\nendif =\n{sections}') == []
    assert codes_of(f'[uwsgi]\nfor =\nini = other.ini\nendfor =\n{sections}') == ['CFG201']


def test_a_file_that_is_not_here_may_use_the_variables_of_the_block() -> None:
    name = 'venv_name = images\n'
    assert codes_of(f'[uwsgi]\n{name}ini = /etc/uwsgi/common.ini\n') == []
    assert codes_of(f'[uwsgi]\ninclude = %dcommon.ini\n{name}') == []
    assert codes_of(f'[uwsgi]\n{name}') == ['CFG201']
    assert codes_of(f'[uwsgi]\n{name}ini = :more\n[more]\nenv = A=1\n') == ['CFG201']
    assert codes_of(f'[uwsgi]\nstrict = true\n{name}ini = common.ini\n') == ['CFG201']
    assert codes_of('[uwsgi]\nproceses = 4\nini = common.ini\n') == ['CFG201']
    assert codes_of('[uwsgi]\nvenv name = x\nini = common.ini\n') == ['CFG201']
    shown = f'[uwsgi]\n{name}ini = common.ini\n', '# common.ini\n[uwsgi]\nenv = A=1\n'
    assert codes_of(*shown) == ['CFG201']


def test_many_blocks_that_load_the_same_are_read_up_to_a_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main = '[uwsgi]\ninclude = common.ini\nprocesses = -%(number)\n'
    part = '# common.ini\n[uwsgi]\nset-placeholder = number=4\n'
    assert codes_of(main, f'{main}harakiri = 4\n', part) == ['UWS202', 'UWS202']
    monkeypatch.setattr(together, 'MOST', 200)
    assert codes_of(main, f'{main}harakiri = 4\n', part) == ['UWS202']


def test_files_that_load_each_other_end() -> None:
    blocks = (
        '# a.ini\n[uwsgi]\ninclude = b.ini\nproceses = 4\n',
        '# b.ini\n[uwsgi]\ninclude = a.ini\n',
    )
    assert codes_of(*blocks) == ['CFG201']


def codes_of(*blocks: str) -> list[str]:
    """Return the codes of what is wrong with a page of these blocks."""
    parts = ('.. code-block:: ini\n\n' + _lines(text) for text in blocks)
    read = read_page('page.rst', '\n'.join(parts))
    assert len(read.blocks) == len(blocks)
    whole = findings([Input('page.rst', read.blocks, read.notes, read.diagnostics)])
    return [one.code for one in whole if one.severity.fails]


def _lines(text: str) -> str:
    return ''.join(f'   {line}\n' for line in text.split('\n'))
