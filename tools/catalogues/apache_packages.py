"""Write what the modules of third parties add (``apache_packages FOLDER``).

FOLDER holds the packages as files, ``libapache2-mod-….deb``, and beside them those of the libraries
that they need (see README.md). They are unpacked into a temporary folder, and nothing of them is
installed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tools import debian
from tools.catalogues import apache_contexts, apache_engine
from tools.catalogues.apache import entries, installed_modules, version, write
from tools.catalogues.apache_elf import read_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.catalogues.apache_elf import Module

GENERATOR = 'tools/catalogues/apache_packages.py; do not edit'
NAME = 'third-party.json'
# Modules are in the server's folder, but for one: Neko keeps its own.
PLACES = ('usr/lib/apache2/modules/*.so', 'usr/lib/*/neko/mod_*.ndll')


@dataclass(frozen=True)
class Package:
    """A package of Debian: what it needs, and the modules in it, each with its file."""

    name: str
    needs: frozenset[str]
    modules: tuple[tuple[str, Module], ...]


def unpack(file: Path, folder: Path) -> Package:
    """Unpack a package into ``folder``, beside the others, and read the modules that it brought.

    :raises subprocess.CalledProcessError: it is no package
    """
    before = _files(folder)
    debian.unpack(file, folder)
    modules = tuple(
        (path.relative_to(folder).as_posix(), module)
        for path in sorted(_files(folder) - before)
        for module in read_modules(path)
    )
    needs = re.findall(r'[a-z0-9][a-z0-9.+-]+', debian.field(file, 'Depends'))
    return Package(debian.field(file, 'Package'), frozenset(needs), modules)


def _files(folder: Path) -> set[Path]:
    return {path for place in PLACES for path in folder.glob(place)}


def probed(
    package: Package, others: Sequence[Package], folder: Path
) -> Iterator[dict[str, object]]:
    """Yield the entries of a package's modules, each probed in the engine that has it loaded.

    Where a module does not load, the bits of its table have the say.
    """
    for module, ways in _ways(package, others, folder):
        extra = next((extra for extra in ways if _loads(extra)), None)
        contexts = apache_contexts.contexts(module.commands, extra) if extra else {}
        how = 'probed' if extra else 'by its table: it does not load'
        sys.stderr.write(f'{package.name}: {module.symbol}, {len(module.commands)} {how}\n')
        yield from entries([module], contexts, package.name)


def _ways(
    package: Package, others: Sequence[Package], folder: Path
) -> Iterator[tuple[Module, list[apache_engine.Extra]]]:
    """Yield each module with the ways to load it, the plainest first.

    It may want what its package names before it, or the other modules of its own package, or
    another MPM: Debian's PHP refuses threads.
    """
    before = [pair for other in others if other.name in package.needs for pair in other.modules]
    for pair in package.modules:
        siblings = [other for other in package.modules if other != pair]
        chains = ([pair], [*before, pair], [*before, *siblings, pair])
        lines = [_lines(folder, modules) for modules in chains]
        ways = [apache_engine.Extra(folder, text) for text in dict.fromkeys(lines)]
        prefork = replace(ways[0], mpm='mod_mpm_prefork.so')
        yield pair[1], [*ways, prefork]


def _lines(folder: Path, modules: Sequence[tuple[str, Module]]) -> str:
    return '\n'.join(f'LoadModule {module.symbol} {folder}/{path}' for path, module in modules)


def _loads(extra: apache_engine.Extra) -> bool:
    (answer,) = apache_engine.ask([''], extra)
    return answer.accepted


def main() -> None:
    """Unpack and probe the packages of a folder, and write the catalogue of their directives.

    Modules that are installed with the engine (mod_wsgi) stand in its own catalogue already.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder', type=Path, help='where the packages (.deb) are')
    given = sorted(parser.parse_args().folder.glob('*.deb'))
    ours = {module.file.rpartition('/')[2] for module in installed_modules()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        packages = []
        for file in given:
            package = unpack(file, folder)
            foreign = [pair for pair in package.modules if not _is_ours(pair[1], ours)]
            packages.append(replace(package, modules=tuple(foreign)))
        items = [item for package in packages for item in probed(package, packages, folder)]
    write(NAME, {'engine': 'apache', 'version': version(), 'generator': GENERATOR}, items)


def _is_ours(module: Module, ours: set[str]) -> bool:
    return module.file.rpartition('/')[2] in ours


if __name__ == '__main__':
    main()
