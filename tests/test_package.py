"""What is installed: the wheel holds everything that the package reads, and works on its own."""

from __future__ import annotations

import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from tests.commands import python

REPOSITORY = Path(__file__).parent.parent
PACKAGE = 'glance_docs_ext'


@pytest.fixture(scope='module')
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Return the wheel that an index would be given."""
    folder = tmp_path_factory.mktemp('wheel')
    code = f'from hatchling.build import build_wheel; build_wheel({str(folder)!r})'
    done = python('-c', code, folder=REPOSITORY)
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    return zipfile.ZipFile(file)


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    here = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / PACKAGE).rglob('*')
        if path.is_file() and not any(part.startswith(('.', '__pyc')) for part in path.parts[-4:])
    }
    packed = {name for name in wheel.namelist() if name.startswith(f'{PACKAGE}/')}
    assert packed == here
    assert f'{PACKAGE}/py.typed' in packed
    for engine in ('apache', 'nginx', 'uwsgi'):
        folder = f'{PACKAGE}/engines/{engine}/catalogues/'
        assert any(name.startswith(folder) and name.endswith('.json') for name in packed)
    assert any(name.endswith('.css') for name in packed)


def test_the_wheel_brings_nothing_but_the_package(wheel: zipfile.ZipFile) -> None:
    assert {name.split('/')[0].split('-')[0] for name in wheel.namelist()} == {PACKAGE}


def metadata(wheel: zipfile.ZipFile, name: str) -> str:
    (path,) = [entry for entry in wheel.namelist() if entry.endswith(f'.dist-info/{name}')]
    return wheel.read(path).decode()


def test_the_metadata_says_what_it_needs_and_under_which_licence(wheel: zipfile.ZipFile) -> None:
    fields = message_from_string(metadata(wheel, 'METADATA'))
    assert fields['License-Expression'] == 'Apache-2.0'
    assert fields['Requires-Python'] == '>=3.11'
    needed = [line for line in fields.get_all('Requires-Dist', []) if 'extra ==' not in line]
    assert needed == ['docutils>=0.21', 'packaging', 'sphinx>=8.1']  # Sphinx needs packaging too
    assert {'tabs', 'docs', 'test'} <= set(fields.get_all('Provides-Extra', []))
    assert 'Apache License' in metadata(wheel, 'licenses/LICENSE')


def test_the_installed_package_checks_a_file(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    (tmp_path / 'app.ini').write_text('[uwsgi]\nproceses = 4\n', encoding='utf-8')
    done = python('-m', PACKAGE, 'check', 'app.ini', folder=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith('app.ini:2:1: error: CFG201 ')
    assert 'configcheck = glance_docs_ext.cli:main' in metadata(wheel, 'entry_points.txt')


def test_the_builder_runs_in_a_project_that_does_not_name_us(tmp_path: Path) -> None:
    (tmp_path / 'conf.py').write_text('', encoding='utf-8')
    page = 'Title\n=====\n\n.. code-block:: ini\n\n   [uwsgi]\n   proceses = 4\n'
    (tmp_path / 'index.rst').write_text(page, encoding='utf-8')
    done = python('-m', 'sphinx', '-b', 'configcheck', '.', 'out', folder=tmp_path)
    assert done.returncode == 1, done.stdout
    assert 'CFG201' in (tmp_path / 'out' / 'output.txt').read_text(encoding='utf-8')
