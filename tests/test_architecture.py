"""A module imports only what stands to its left (`glance_docs_ext` as its design draws it)."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import glance_docs_ext

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(glance_docs_ext.__file__).parent
REPOSITORY = PACKAGE.parent

# From left to right; the names in one group may import themselves only.
ORDER = (
    {'collector', 'pipes', 'remembered', 'source', 'spelling'},
    {'pcre_tokens'},
    {'pcre'},
    {'syntax'},
    {'elision'},
    {'diagnostics'},
    {'expansion'},
    {'notes'},
    {'versions'},
    {'enabled', 'packaged'},
    {'told'},
    {'catalogue'},
    {'endpoints'},
    {'services'},
    {'engine'},
    {'rule'},
    {'releases'},
    {'engines'},
    {'rules'},
    {'history'},
    {'descriptions', 'mentions'},
    {'checker'},
    {'baseline', 'native', 'pages', 'proofs', 'reporters'},
    {'inputs'},
    {'verdicts'},
    {'explain'},
    {'completion'},
    {'arguments'},
    {'cli', 'sphinx_ext', 'testing'},
    {'__init__', '__main__'},
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}

# What may import Sphinx and docutils; the rest runs where they are not installed.
KNOWS_SPHINX = {'sphinx_ext', '__init__', 'testing'}

MODULES = sorted(PACKAGE.rglob('*.py'))


def part(module: Path) -> str:
    """Return the name in ORDER that a file of the package belongs to."""
    return module.relative_to(PACKAGE).with_suffix('').parts[0]


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything a module imports, also for typing only."""
    package = ['glance_docs_ext', *module.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(module.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = '.'.join([*base, node.module] if node.module else base)
            yield from ((node.lineno, f'{name}.{alias.name}') for alias in node.names)


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(PACKAGE).as_posix() for path in paths]


@pytest.mark.parametrize('module', MODULES, ids=named(MODULES))
def test_a_module_imports_only_what_stands_to_its_left(module: Path) -> None:
    own = part(module)
    assert own in RANK, f'{own} has no place in ORDER'
    wrong = []
    for line, name in imports(module):
        package, _, rest = name.partition('.')
        if package != 'glance_docs_ext':
            continue
        other = rest.partition('.')[0]
        if other in {'', '__version__'}:  # the package's own face, which imports nothing of ours
            continue
        assert other in RANK, f'{other} has no place in ORDER'
        if other != own and not RANK[other] < RANK[own]:
            wrong.append(f'{module.relative_to(REPOSITORY)}:{line} imports {name}')
    assert not wrong


@pytest.mark.parametrize('module', MODULES, ids=named(MODULES))
def test_an_engine_imports_no_other_engine(module: Path) -> None:
    folders = module.relative_to(PACKAGE).parts
    if folders[0] != 'engines' or len(folders) < 3:
        return
    others = [
        name
        for _, name in imports(module)
        if name.startswith('glance_docs_ext.engines.')
        and not name.startswith(f'glance_docs_ext.engines.{folders[1]}')
    ]
    assert not others


@pytest.mark.parametrize('module', MODULES, ids=named(MODULES))
def test_only_the_sphinx_side_imports_sphinx(module: Path) -> None:
    if part(module) in KNOWS_SPHINX:
        return
    assert not [name for _, name in imports(module) if name.split('.')[0] in {'sphinx', 'docutils'}]


def test_only_the_pytest_plugin_imports_pytest() -> None:
    using = [m for m in MODULES if any(name.split('.')[0] == 'pytest' for _, name in imports(m))]
    assert 'testing/plugin.py' in named(using)
    assert all(name.startswith('testing/') for name in named(using))


WITHOUT_SPHINX = """
import importlib, pkgutil, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] not in sys.stdlib_module_names | {'glance_docs_ext'}:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)

sys.meta_path.insert(0, Missing())
import glance_docs_ext
for module in pkgutil.walk_packages(glance_docs_ext.__path__, 'glance_docs_ext.'):
    parts = module.name.split('.')
    if parts[1] not in {'sphinx_ext', 'testing', '__main__'}:
        importlib.import_module(module.name)
from glance_docs_ext.checker import check
from glance_docs_ext.source import Source
checked = check(Source('[uwsgi]\\nproceses = 4\\n', 'app.ini'), 'uwsgi')
print([finding.code for finding in checked.diagnostics])
"""


def test_the_core_checks_a_block_where_only_the_standard_library_is_installed() -> None:
    run = subprocess.run(
        [sys.executable, '-c', WITHOUT_SPHINX],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=6000,
        check=False,
    )
    assert run.stderr == ''
    assert run.stdout == "['CFG201']\n"


def test_no_module_is_called_utils() -> None:
    vague = {'utils', 'util', 'helpers', 'helper', 'misc', 'common'}
    assert not [module for module in MODULES if module.stem in vague]


def test_no_file_names_a_place_of_one_machine() -> None:
    listed = subprocess.run(
        ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
        cwd=REPOSITORY,
        capture_output=True,
        timeout=600,
        check=True,
    ).stdout
    here = {str(REPOSITORY), str(REPOSITORY.parent)} - {'/', '/tmp', tempfile.gettempdir()}
    places = [f'{place}/'.encode() for place in sorted(here)]
    found = []
    for name in listed.decode().split('\0'):
        path = REPOSITORY / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        found += [f'{name} names {place.decode()}' for place in places if place in data]
    assert not found
