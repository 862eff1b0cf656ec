"""Hold the nginx catalogue against a newer nginx that Debian packages: print where they differ.

The catalogue is read out of the oldest version; what came later was written down by hand, from
CHANGES and the manual. Here the newer version says itself whether that is so: of each directive,
in each place, how many words it takes, by which function, and which words that lists. The modules
of others are left out: they have versions of their own.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from glance_docs_ext.versions import Version
from tools.catalogues.nginx import CATALOGUES, VERSION, entries_of, files, is_of_others
from tools.catalogues.nginx_elf import read_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMED = re.compile(rb'nginx/([0-9]+\.[0-9]+\.[0-9]+)')
MOST = 9  # words that are counted: no table of nginx tells 9 from more


class Taken(NamedTuple):
    """What a directive takes in one place."""

    counts: frozenset[int]
    kinds: frozenset[str]
    listed: frozenset[str]


def takes(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Taken]:
    """Return what the rows of a catalogue say, by directive and place, whoever brings it."""
    found: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for context in row.get('contexts', ()):
            found[row['name'], context].append(row)
    return {place: _taken(said) for place, said in found.items()}


def _taken(rows: list[dict[str, Any]]) -> Taken:
    counts: set[int] = set()
    for least, most in (row.get('arity', (0, 0)) for row in rows):
        counts.update(range(least, MOST if most is None else most + 1))
    return Taken(
        frozenset(counts),
        frozenset(row.get('kind', '') for row in rows),
        frozenset(flag for row in rows for flag in row.get('flags', ()) if flag[0] == '='),
    )


def known_to(version: str, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows that a version has, but for those of which a later row says another kind."""
    here = Version.read(version)
    kept = [
        row
        for row in rows
        if not ('since' in row and here.is_before(row['since']))
        and not ('until' in row and not here.is_before(row['until']))
    ]
    anew = {_called(row): row.get('kind', '') for row in kept if 'since' in row}
    for row in kept:
        kind = row.get('kind', '')
        if anew.get(_called(row), kind) == kind:
            yield row


def _called(row: dict[str, Any]) -> tuple[str, str, tuple[int, ...]]:
    return row['name'], row['owner'], tuple(row['arity'])


def differences(folder: Path) -> Iterator[str]:
    """Yield where the catalogue differs from the nginx that was unpacked into a folder."""
    read = [file for file in files(folder) if not is_of_others(file)]
    version = NAMED.search(read[0].read_bytes())
    if version is None:
        yield f'{read[0]} does not say which version it is'
        return
    modules = [module for file in read for module in read_modules(file)]
    theirs = takes(row for module in modules for row in entries_of(module))
    owners = {module.name for module in modules}
    committed = json.loads((CATALOGUES / f'{VERSION}.json').read_text(encoding='utf-8'))
    known = [row for row in committed['entries'] if 'line' not in row.get('flags', ())]
    ours = takes(known_to(version[1].decode(), (row for row in known if row['owner'] in owners)))
    for name, context in sorted(theirs.keys() | ours.keys()):
        said, have = theirs.get((name, context)), ours.get((name, context))
        if said != have:
            yield f'{name} in {context}: nginx {said}, the catalogue {have}'


def main(arguments: list[str] | None = None) -> int:
    """Print the differences; return 1 where there are some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder', type=Path, help="where Debian's packages of nginx were unpacked")
    found = list(differences(parser.parse_args(arguments).folder))
    print(*found, f'{len(found)} differences', sep='\n')
    return int(bool(found))


if __name__ == '__main__':
    sys.exit(main())
