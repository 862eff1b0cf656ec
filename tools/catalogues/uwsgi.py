"""Read uWSGI's options out of its source distribution and write its catalogue.

Usage::

    pip download --no-deps --no-binary :all: uwsgi==2.0.31
    python tools/catalogues/uwsgi.py uwsgi-2.0.31.tar.gz --older uwsgi-2.0.30.tar.gz ...

The C source is read as data: nothing is unpacked, compiled or run. Every table
``struct uwsgi_option NAME[] = { ... };`` of ``core/`` and ``plugins/`` is taken apart; see
``tools/catalogues/README.md`` for what becomes of a row.
"""

from __future__ import annotations

import argparse
import json
import re
import tarfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUES = Path(__file__).parents[2] / 'glance_docs_ext/engines/uwsgi/catalogues'
SUFFIXES = {'.c', '.cc', '.cpp', '.m'}

TABLE = re.compile(r'struct\s+uwsgi_option\s+\w+\[\]\s*=\s*\{')
TOKEN = re.compile(
    r"""
      (?P<comment>  /\*.*?\*/ | //[^\n]* )
    | (?P<directive> ^[ \t]*\#[^\n]* )
    | (?P<string>   "(?:[^"\\]|\\.)*" )
    | (?P<mark>     [{},] )
    | (?P<text>     [^\s"{},/#] | [/#] )
    | (?P<space>    \s+ )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
DIRECTIVE = re.compile(r'^[ \t]*\#[^\n]*', re.MULTILINE)
ARGUMENTS = {
    'required_argument': 'argument-required',
    'optional_argument': 'argument-optional',
    'no_argument': 'argument-none',
}
STUB = 'stub option'
FIELDS = ('name', 'type', 'shortcut', 'help', 'func', 'data', 'flags')


class Row(NamedTuple):
    """One row of an option table: its fields as C expressions, and the ``#if`` around it."""

    fields: dict[str, str]
    conditions: tuple[str, ...]


def main() -> None:
    """Write one catalogue for each source distribution named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument('sdist', nargs='+', type=Path)
    parser.add_argument(
        '--older', nargs='+', type=Path, default=[], help='versions to tell when an option came'
    )
    parser.add_argument('--to', type=Path, default=CATALOGUES, help='folder to write to')
    arguments = parser.parse_args()
    older = {version_of(sdist): catalogue(sdist) for sdist in arguments.older}
    for sdist in arguments.sdist:
        version = version_of(sdist)
        entries = dated(version, catalogue(sdist), older)
        target = arguments.to / f'uwsgi-{version}.json'
        oldest = min((version, *older), key=numbers)
        target.write_text(render(version, entries, oldest), encoding='utf-8')
        print(f'{target.name}: {len(entries)} options')


def version_of(sdist: Path) -> str:
    """Return the version in the name of a source distribution."""
    return sdist.name.removesuffix('.tar.gz').partition('-')[2]


def numbers(version: str) -> list[int]:
    """Return a version as what it is ordered by."""
    return [int(number) for number in version.split('.')]


def dated(
    version: str, entries: list[dict[str, object]], older: dict[str, list[dict[str, object]]]
) -> list[dict[str, object]]:
    """Return ``entries`` with the versions that they came with, or do nothing since.

    An option that does nothing any more says so in its help: "stub option".
    """
    history = sorted([*older, version], key=numbers)
    rows = {name: {_row(item): item for item in found} for name, found in older.items()}
    rows[version] = {_row(item): item for item in entries}
    if gone := sorted(set().union(*(rows[name] for name in older)) - set(rows[version])):
        raise SystemExit(f'{version} has no more {gone}: the catalogue needs a field "until"')
    for row, item in rows[version].items():
        since = next(name for name in history if row in rows[name])
        inert = next((name for name in history if STUB in str(rows[name].get(row))), '')
        if since != history[0]:
            item['since'] = since
        if inert:
            item['inert_since'] = inert
    return entries


def _row(item: dict[str, object]) -> tuple[str, str]:
    return str(item['name']), str(item.get('owner', ''))


def catalogue(sdist: Path) -> list[dict[str, object]]:
    """Return the catalogue's entries, sorted by name, then plugin."""
    entries = [entry(row, owner) for owner, source in sources(sdist) for row in rows(source)]
    unique = {json.dumps(item): item for item in entries}
    return sorted(unique.values(), key=lambda item: (str(item['name']), str(item.get('owner', ''))))


def sources(sdist: Path) -> Iterator[tuple[str, str]]:
    """Yield the plugin ('' for the core) and the text of each C file."""
    with tarfile.open(sdist) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            if path.suffix not in SUFFIXES or len(path.parts) < 3:
                continue
            folder = path.parts[1]
            file = archive.extractfile(member)
            if file is not None and folder in {'core', 'plugins'}:
                owner = path.parts[2] if folder == 'plugins' else ''
                yield owner, file.read().decode('utf-8', 'replace')


def rows(source: str) -> Iterator[Row]:
    """Yield the rows of all option tables in a C file; the empty row at the end is left out."""
    for table in TABLE.finditer(source):
        conditions = _conditions(source[: table.start()])
        fields: list[str] = []
        depth = 1
        for token in TOKEN.finditer(source, table.end()):
            text = token.group()
            if token.lastgroup == 'directive':
                _note_condition(conditions, text.strip())
            elif text == '{':
                depth += 1
                fields = ['']
            elif text == '}':
                depth -= 1
                if depth == 0:
                    break
                row = dict(zip(FIELDS, (field.strip() for field in fields), strict=False))
                if row['name'] not in {'0', 'NULL'}:
                    yield Row(row, tuple(conditions))
                fields = []
            elif text == ',' and depth == 2:
                fields.append('')
            elif fields and token.lastgroup != 'comment':
                fields[-1] += text if token.lastgroup != 'space' else ' '


def _conditions(source: str) -> list[str]:
    """Return the stack of ``#if`` conditions that is open at the end of ``source``."""
    conditions: list[str] = []
    for directive in DIRECTIVE.findall(source):
        _note_condition(conditions, directive.strip())
    return conditions


def _note_condition(conditions: list[str], directive: str) -> None:
    """Keep the stack of ``#if`` conditions that a row stands in."""
    word, _, condition = directive.lstrip('# \t').partition(' ')
    match word:
        case 'if' | 'ifdef':
            conditions.append(condition.strip())
        case 'ifndef':
            conditions.append(f'!{condition.strip()}')
        case 'else':
            conditions[-1] = f'!({conditions[-1]})'
        case 'endif':
            conditions.pop()


def entry(row: Row, owner: str) -> dict[str, object]:
    """Return the row as an object of the catalogue, empty fields left out."""
    flags = [ARGUMENTS[row.fields['type']]]
    flags += re.findall(r'UWSGI_OPT_(\w+)', row.fields.get('flags', ''))
    if row.fields['data'] not in {'NULL', '0'}:
        flags.append(f'data={row.fields["data"]}')
    flags += [f'if={condition}' for condition in row.conditions]
    item = {
        'name': _string(row.fields['name']),
        'owner': owner,
        'kind': row.fields['func'],
        'flags': flags,
        'help': _string(row.fields['help']),
    }
    return {key: value for key, value in item.items() if value}


def _string(expression: str) -> str:
    """Return the value of C string literals that stand side by side; '' for ``NULL``."""
    literals = re.findall(r'"((?:[^"\\]|\\.)*)"', expression)
    return ''.join(literals).replace('\\"', '"').replace('\\\\', '\\')


def render(version: str, entries: list[dict[str, object]], oldest: str) -> str:
    """Return the catalogue as JSON with one entry a line, so that a diff can be reviewed."""
    names = {'engine': 'uwsgi', 'version': version, 'oldest': oldest}
    head = json.dumps(names).removesuffix('}') + ', "entries": [\n'
    return head + ',\n'.join(json.dumps(item) for item in entries) + '\n]}\n'


if __name__ == '__main__':
    main()
