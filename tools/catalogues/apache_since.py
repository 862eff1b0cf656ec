"""Write which directives came after Apache 2.4.0 (``apache_since MANUAL``).

MANUAL is a folder with the manual of the version that the catalogue is of, in English (``en`` in
Debian's package ``apache2-doc``). Its pages say of a module or directive what it is compatible
with. Only sentences that begin by saying when the whole thing came are taken, such as "Available in
version 2.4.58 and later"; those about an argument or a default are not.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalogues.apache import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = '2.4.71'
OLDEST = '2.4.0'

TABLE = r'<table class="{kind}">(?P<table>.*?)</table>'
MODULE = re.compile(TABLE.format(kind='module'), re.DOTALL)
DIRECTIVE = re.compile(
    r'<div class="directive-section"><h2 id="[^"]+"><span id="[^"]+">(?P<name>.*?)</span>'
    r'(?:(?!<div class="directive-section">).)*?' + TABLE.format(kind='directive'),
    re.DOTALL,
)
ROW = re.compile(r'>Compatibility:</a></th><td>(.*?)</td>', re.DOTALL)
FILE = re.compile(r'>Source&nbsp;File:</a></th><td>(\w+\.c)</td>')
CAME = re.compile(
    r'(?:\w+ is )?(?:[Oo]nly )?(?:[Aa]vailable (?:in|from) |Added in )?'
    r'(?:Apache HTTP Server |Apache HTTPD |Apache httpd |Apache |httpd |version )?'
    r'(?P<version>2\.4\.\d+)(?:,|\.?$| and (?:later|newer))'
)


def main() -> None:
    """Read the manual's pages of modules, and write the file beside the catalogue."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('manual', type=Path)
    pages = sorted((arguments.parse_args().manual / 'mod').glob('*.html'))
    catalogue = json.loads((FOLDER / f'{VERSION}.json').read_text(encoding='utf-8'))
    keys = {item['key'] for item in catalogue['entries']}
    since: dict[str, str] = {}
    modules: dict[str, str] = {}
    for page in (path.read_text(encoding='utf-8', errors='replace') for path in pages):
        modules.update(new_module(page))
        for key, version in new_directives(page):
            if key in keys and key not in since:  # two modules may have a directive of one name
                since[key] = version
            elif key in keys:
                since[key] = min(since[key], version, key=_numbers)
    path = FOLDER / f'{VERSION}-since.json'
    data = {'oldest': OLDEST, 'owners': modules, 'since': since}
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + '\n', encoding='utf-8')
    print(f'{path.name}: {len(since)} directives, {len(modules)} modules')


def new_module(page: str) -> Iterator[tuple[str, str]]:
    """Yield the source file of the module that a page is about and its version, if after 2.4.0."""
    module = MODULE.search(page)
    file = FILE.search(module['table']) if module else None
    version = _version(module['table']) if module else ''
    if file and _numbers(version) > _numbers(OLDEST):
        yield file[1], version


def new_directives(page: str) -> Iterator[tuple[str, str]]:
    """Yield key and version of each directive of a page that came after 2.4.0."""
    module = MODULE.search(page)
    first = _version(module['table']) if module else ''
    for found in DIRECTIVE.finditer(page):
        version = max(first, _version(found['table']), key=_numbers)
        if _numbers(version) > _numbers(OLDEST):
            yield html.unescape(found['name']).removesuffix('>').lower(), version


def _version(table: str) -> str:
    """Return the version that the compatibility row of a table begins with, '' for none."""
    row = ROW.search(table)
    words = html.unescape(re.sub(r'<[^>]*>', '', row[1])) if row else ''
    found = CAME.match(' '.join(words.split()))
    return found['version'] if found else ''


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r'\d+', version)]


if __name__ == '__main__':
    main()
