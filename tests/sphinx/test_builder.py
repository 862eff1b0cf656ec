"""``sphinx-build -b configcheck``: its files, its words, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.sphinx.small_project import SmallProject

PAGE = """\
.. config-block:: nginx

   server { lisen 80; }

.. config-block:: nginx
   :unchecked: for another server

   nothing;

.. config-block:: apache

   ServerName glance
"""
KEYS = (
    *('path', 'line', 'column', 'end_line', 'end_column'),
    *('code', 'name', 'severity', 'message', 'help', 'url', 'related'),
)


def test_the_report_shows_findings_unchecked_blocks_and_a_summary(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(index=PAGE)
    monkeypatch.chdir(project.folder.parent)
    built = project.build('configcheck')
    assert built.text('output.txt') == (
        "source/index.rst:3:13: error: CFG201 nginx 1.31 does not know the directive 'lisen' "
        '[unknown-name]\n'
        '  |\n'
        '3 |    server { lisen 80; }\n'
        '  |             ^~~~~\n'
        "  = help: did you mean 'listen'?\n"
        '\n'
        'source/index.rst:8:4: nginx block is not checked: for another server\n'
        '2 blocks checked: 1 Apache, 1 nginx\n'
        '1 error\n'
    )
    assert '2 blocks checked: 1 Apache, 1 nginx' in built.status
    assert 'nginx block is not checked: for another server' in built.status
    assert built.app.statuscode == 1


def test_programs_get_an_object_a_line(project: SmallProject) -> None:
    project.write(index=f'{PAGE}\n.. config-block:: nginx\n\n   lisen 80;\n')
    rows = project.build('configcheck').text('output.json').splitlines()
    first, second = (json.loads(row) for row in rows)
    assert tuple(first) == KEYS
    assert (first['code'], first['line'], first['column']) == ('CFG201', 3, 13)
    assert (second['line'], second['end_column']) == (16, 9)
    assert Path(first['path']).is_file()


def test_without_findings_the_exit_status_is_zero(project: SmallProject) -> None:
    project.write(index=PAGE.replace('lisen', 'listen'))
    built = project.build('configcheck')
    assert built.app.statuscode == 0
    assert built.text('output.json') == ''
    assert built.text('output.txt').splitlines()[-1] == 'no findings'


def test_what_is_worth_knowing_is_listed_and_fails_nothing(project: SmallProject) -> None:
    project.write(
        index='.. config-block:: apache\n\n   <VirtualHost *:80>\n   ProxyPreserveHost On\n'
        '   ProxyPass / uwsgi://127.0.0.1:60999/\n   </VirtualHost>\n'
    )
    built = project.build('configcheck')
    assert built.warnings == []
    assert [json.loads(row)['severity'] for row in built.text('output.json').splitlines()] == [
        'info'
    ]
    assert built.app.statuscode == 0


def test_a_second_run_writes_the_same_files(project: SmallProject) -> None:
    project.write(index=PAGE)
    first = project.build('configcheck')
    files = first.text('output.txt'), first.text('output.json')
    second = project.build('configcheck')
    assert '0 added, 0 changed' in second.status
    assert (second.text('output.txt'), second.text('output.json')) == files
    assert second.app.statuscode == 1


def test_the_builder_is_found_where_the_project_does_not_ask_for_the_extension(
    project: SmallProject,
) -> None:
    project.write(index='.. code-block:: nginx\n\n   server { lisen 80; }\n')
    command = [sys.executable, '-m', 'sphinx', '-b', 'configcheck', str(project.folder)]
    run = subprocess.run(
        [*command, str(project.folder.with_name('out'))],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, 'NO_COLOR': '1'},
    )
    assert run.returncode == 1, run.stderr
    assert 'CFG201' in run.stderr
    assert '1 error' in run.stdout
