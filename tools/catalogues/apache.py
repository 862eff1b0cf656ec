"""Write what Apache knows: ``python -m tools.catalogues.apache`` (see README.md)."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.native.apache import MODULES
from tools.catalogues import apache_contexts, apache_engine
from tools.catalogues.apache_elf import read_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.catalogues.apache_elf import Command, Module

FOLDER = Path('glance_docs_ext/engines/apache/catalogues')

# Number of arguments by the engine's word for it, invoke_cmd() in server/config.c. What is missing
# takes its arguments apart itself (RAW_ARGS, TAKE_ARGV), or looks at the first alone (FLAG).
COUNTS: dict[str, list[int | None]] = {
    'NO_ARGS': [0, 0],
    'TAKE1': [1, 1],
    'TAKE2': [2, 2],
    'TAKE3': [3, 3],
    'TAKE12': [1, 2],
    'TAKE23': [2, 3],
    'TAKE123': [1, 3],
    'ITERATE': [1, None],
    'ITERATE2': [2, None],
}

# The words of AllowOverride for the bits of req_override; and what is done while reading.
FLAGS = {
    apache_contexts.AUTHCFG: 'AuthConfig',
    apache_contexts.FILEINFO: 'FileInfo',
    apache_contexts.INDEXES: 'Indexes',
    apache_contexts.LIMIT: 'Limit',
    apache_contexts.OPTIONS: 'Options',
    apache_contexts.EXEC_ON_READ: 'read-time',
}
OTHER_MPMS = {'mpm_prefork_module', 'mpm_worker_module'}
GENERATOR = 'tools/catalogues/apache.py; do not edit'
CONTEXTS = tuple(apache_contexts.SECTIONS)


def installed_modules() -> tuple[Module, ...]:
    """Return the modules of the installed engine, the static ones first."""
    files = [apache_engine.PROGRAM, *sorted(MODULES.glob('*.so'))]
    return tuple(module for file in files for module in read_modules(file))


def version() -> str:
    """Return the version of the installed engine, such as ``2.4.71``."""
    command = [str(apache_engine.PROGRAM), '-v']
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r'Apache/([\d.]+)', text)
    if found is None:
        raise RuntimeError(f'expected "Apache/<version>", found {text!r}')
    return found[1]


def entries(
    modules: Iterable[Module], contexts: dict[Command, frozenset[str]], package: str = ''
) -> Iterator[dict[str, object]]:
    """Yield the entries of the directives of ``modules``; ``contexts`` is what was probed.

    :param package: the package that brings the modules, where it is a third party's
    """
    for module in modules:
        for command in module.commands:
            yield _entry(module, command, contexts.get(command), package)


def _entry(
    module: Module, command: Command, probed: frozenset[str] | None, package: str
) -> dict[str, object]:
    places = set(probed if probed is not None else by_bits(command))
    if command.override & apache_contexts.OVERRIDABLE:
        places.add('htaccess')
    item: dict[str, object] = {
        'name': f'{command.name}>' if command.name.startswith('<') else command.name,
        'key': command.name.lower(),
        'owner': module.file.rpartition('/')[2],
        'kind': command.kind,
    }
    if command.kind in COUNTS:
        item['arity'] = COUNTS[command.kind]
    item['contexts'] = [name for name in (*CONTEXTS, 'htaccess') if name in places]
    flags = ['third-party'] if package else []
    item['flags'] = sorted([*flags, *(FLAGS[bit] for bit in FLAGS if command.override & bit)])
    if package:
        item['package'] = package
    if command.help:
        item['help'] = ' '.join(re.sub(r'<[^<>]*>', ' ', command.help).split())
    return item


def by_bits(command: Command) -> Iterator[str]:
    """Yield where the override bits alone allow a directive."""
    for name, bits in apache_contexts.OVERRIDE.items():
        if command.override & (bits | apache_contexts.EXEC_ON_READ):
            yield name


def write(name: str, head: dict[str, str], items: Iterable[dict[str, object]]) -> None:
    """Write a catalogue, one entry a line, sorted by name, so that its diff can be read."""
    lines = sorted((json.dumps(item, ensure_ascii=False) for item in items), key=str.lower)
    start = json.dumps(head).removesuffix('}')
    text = start + ', "entries": [\n' + ',\n'.join(lines) + '\n]}\n'
    (FOLDER / name).write_text(text, encoding='utf-8')
    print(f'{name}: {len(lines)} entries')


def main() -> None:
    """Read and probe the installed engine, and write its catalogue and the list of its modules.

    The other MPMs cannot be loaded beside the event MPM: of theirs come the directives that it has
    not, which are for the whole server like those it has.
    """
    modules = installed_modules()
    loaded = [m for m in modules if m.symbol not in OTHER_MPMS]
    commands = dict.fromkeys(command for module in loaded for command in module.commands)
    contexts = apache_contexts.contexts(commands)
    known = {command.name for command in commands}
    others = [
        replace(m, commands=tuple(c for c in m.commands if c.name not in known))
        for m in modules
        if m.symbol in OTHER_MPMS
    ]
    contexts |= {command: frozenset({'server'}) for m in others for command in m.commands}
    head = {'engine': 'apache', 'version': version(), 'generator': GENERATOR}
    write(f'{version()}.json', head, entries([*loaded, *others], contexts))
    names = {m.file.rpartition('/')[2]: m.symbol for m in loaded}
    path = FOLDER / f'{version()}-modules.json'
    path.write_text(json.dumps(names, indent=1, sort_keys=True) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
