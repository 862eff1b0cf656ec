"""Findings are told on every build, and are the same however the build came about."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

    from tests.sphinx.small_project import Built

FAULT = '.. code-block:: nginx\n\n   server { lisen 80; }\n'
CURED = FAULT.replace('lisen', 'listen')
UWSGI = '.. config-block:: uwsgi\n   :deployment: one\n\n   [uwsgi]\n   http-socket = 127.0.0.1:6\n'
APACHE = '.. config-block:: apache\n   :deployment: one\n\n   ProxyPass / uwsgi://127.0.0.1:6/\n'
FILE = '.. config-block:: nginx\n   :file: s.conf\n'


def many_pages(project: SmallProject) -> None:
    """Write pages with all kinds of findings, some of them between pages."""
    project.write(
        index=f'Index\n=====\n\n.. toctree::\n   :glob:\n\n   *\n\n{FAULT}',
        proxy=f'Proxy\n=====\n\n{APACHE}',
        server=f'Server\n======\n\n{UWSGI}',
        **{f'page{n}': f'Page {n}\n======\n\n:uwsgi:option:`mster`\n\n{FAULT}' for n in range(9)},
        reader='Reader\n======\n\n.. include:: part.txt\n\n' + FILE,
        other='Other\n=====\n\n.. include:: part.txt\n',
    )
    project.add('part.txt', FAULT)
    project.add('s.conf', 'server { lisen 80; }')


def fresh(project: SmallProject) -> Built:
    """Build a copy of the project that nobody has built before."""
    copy = SmallProject(project.folder.with_name('copy') / 'source', project.make_app)
    shutil.copytree(project.folder, copy.folder, ignore=shutil.ignore_patterns('_build'))
    built = copy.build()
    shutil.rmtree(copy.folder)
    return built


def touch(file: Path) -> None:
    """Make a file look changed, also where the clock is coarse."""
    later = file.stat().st_mtime + 10
    os.utime(file, (later, later))


def test_a_build_without_news_says_the_same_and_a_cure_is_believed(project: SmallProject) -> None:
    project.write(index=FAULT)
    for _ in range(3):
        assert project.build().findings == ['index.rst:3:13 CFG201']
    project.write(index=CURED)
    touch(project.folder / 'index.rst')
    assert project.build().warnings == []
    assert project.build().warnings == []


def test_warnings_as_errors_fail_also_when_nothing_has_changed(
    project: SmallProject, make_app: Callable[..., SphinxTestApp]
) -> None:
    def status() -> int:
        app = make_app(
            srcdir=project.folder,
            confoverrides={'extensions': ['glance_docs_ext']},
            warningiserror=True,
        )
        app.build()
        app.cleanup()
        return app.statuscode

    project.write(index=FAULT)
    assert [status(), status()] == [1, 1]
    project.write(index=CURED)
    touch(project.folder / 'index.rst')
    assert [status(), status()] == [0, 0]


@pytest.mark.parametrize('builder', ['html', 'text', 'gettext', 'configcheck', 'dummy'])
def test_every_builder_tells_the_findings(project: SmallProject, builder: str) -> None:
    project.write(index=FAULT)
    assert project.build(builder).findings == ['index.rst:3:13 CFG201']


def test_many_processes_find_what_one_finds(project: SmallProject) -> None:
    many_pages(project)
    expected = fresh(project).findings
    assert len(expected) == 1 + 1 + 9 * 2 + 2
    assert project.build(parallel=4).findings == expected
    assert project.build(parallel=4).findings == expected


def test_a_touched_included_file_changes_nothing_but_its_own_findings(
    project: SmallProject,
) -> None:
    many_pages(project)
    project.build()
    touch(project.add('part.txt', f'Text\n\n{FAULT}'))
    touch(project.add('s.conf', 'server {\n    lisen 80; }'))
    built = project.build()
    assert {'part.txt:5:13 CFG201', 's.conf:2:5 CFG201'} <= set(built.findings)
    assert built.findings == fresh(project).findings


def test_a_renamed_page_takes_its_findings_along(project: SmallProject) -> None:
    many_pages(project)
    project.build()
    (project.folder / 'server.rst').rename(project.folder / 'uwsgi.rst')
    built = project.build()
    assert built.findings == fresh(project).findings
    assert 'the listener: ' + str(project.folder / 'uwsgi.rst') in '\n'.join(built.warnings)


def test_a_removed_page_takes_its_findings_away(project: SmallProject) -> None:
    many_pages(project)
    project.build()
    (project.folder / 'server.rst').unlink()
    built = project.build()
    assert not [finding for finding in built.findings if 'DEP' in finding]
    assert built.findings == fresh(project).findings


def test_a_file_that_two_pages_include_is_told_once(project: SmallProject) -> None:
    many_pages(project)
    assert project.build().findings.count('part.txt:3:13 CFG201') == 1


def test_blocks_of_two_pages_are_one_deployment_only_if_they_say_so(project: SmallProject) -> None:
    project.write(index='x', proxy=f':orphan:\n\n{APACHE}', server=f':orphan:\n\n{UWSGI}')
    assert project.build().findings == ['proxy.rst:6:16 DEP601']
    project.write(proxy=':orphan:\n\n' + APACHE.replace('one', 'two'))
    touch(project.folder / 'proxy.rst')
    assert project.build().findings == []


def test_a_block_that_is_shown_twice_is_one_block_of_its_deployment(project: SmallProject) -> None:
    block = '.. code-block:: ini\n\n   [uwsgi]\n   http-socket = 127.0.0.1:6\n'
    proxy = '.. code-block:: apache\n\n   ProxyPass / uwsgi://127.0.0.1:6/\n'
    project.write(index=f'{block}\n{proxy}\n{block}\n{proxy}')
    assert [f.split()[1] for f in project.build().findings] == ['DEP601']


@pytest.mark.parametrize('name', ['configcheck.unknown-name', 'configcheck', 'configcheck.*'])
def test_what_is_suppressed_fails_nothing(project: SmallProject, name: str) -> None:
    project.write(index=FAULT)
    built = project.build('configcheck', suppress_warnings=[name])
    assert built.warnings == []
    assert built.app.statuscode == 0
    assert built.text('output.txt').endswith('no findings\n')


def test_a_finding_is_one_line_with_its_code_its_help_and_its_name(project: SmallProject) -> None:
    project.write(index=FAULT)
    (warning,) = project.build().warnings
    assert warning == (
        f'{project.folder}/index.rst:3:13: WARNING: '
        "CFG201 nginx 1.31 does not know the directive 'lisen'; help: did you mean 'listen'? "
        '[configcheck.unknown-name]'
    )


def test_after_an_upgrade_of_this_package_all_pages_are_checked_again(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(index=FAULT)
    project.build()
    assert '0 changed' in project.build().status
    monkeypatch.setattr('glance_docs_ext.sphinx_ext.upgrade._fingerprint', lambda: 'another')
    assert '1 changed' in project.build().status
    assert '0 changed' in project.build().status


def test_builders_share_what_was_read(project: SmallProject) -> None:
    project.write(index='.. config-block:: nginx\n\n   user x;\n')
    project.build('html')
    for builder in ('text', 'configcheck', 'html'):
        assert '0 added, 0 changed' in project.build(builder).status


def test_blocks_of_uwsgi_that_load_each_other_are_one_on_every_build(project: SmallProject) -> None:
    project.write(
        index=(
            '====\nPage\n====\n\n.. code-block:: ini\n\n   [uwsgi]\n   include = common.ini\n'
            '   processes = -%(number)\n\n.. code-block:: ini\n   :caption: /srv/common.ini\n\n'
            '   [uwsgi]\n   number = 4\n'
        )
    )
    for _ in range(2):
        warnings = project.build().warnings
        assert len(warnings) == 1
        assert "index.rst:9:16: WARNING: UWS202 uWSGI refuses '-4'" in warnings[0]


def test_so_are_blocks_of_several_pages_that_are_one_deployment(project: SmallProject) -> None:
    head = '.. config-block:: uwsgi\n   :deployment: api\n'
    project.write(
        index=(
            f'====\nPage\n====\n\n{head}\n   [uwsgi]\n   ini = common.ini:images\n'
            '   chdir = %(base)\n\n.. toctree::\n\n   other\n'
        ),
        other=(
            f'=====\nOther\n=====\n\n{head}   :caption: common.ini\n\n'
            '   [images]\n   base = /srv\n   proceses = 4\n'
        ),
    )
    for _ in range(2):
        warnings = project.build().warnings
        assert [warning.partition(': WARNING: ')[2][:6] for warning in warnings] == ['CFG201']
        assert 'other.rst:11:4' in warnings[0]
