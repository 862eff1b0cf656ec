"""Our own site: what its sources publish, and the same taken out of what Sphinx built of them.

The sources are read here without Sphinx and without our extension: a block that either of them
loses is missed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parent.parent
SOURCE = REPOSITORY / 'source'
ENGINES = {
    'apache': 'apache',
    'apacheconf': 'apache',
    'nginx': 'nginx',
    'uwsgi': 'uwsgi',
    'ini': 'uwsgi',
}
DIRECTIVE = re.compile(r'(?P<indent> *)\.\. (?P<name>[a-z-]+):: *(?P<argument>.*)$')
UWSGI = '[uwsgi]'
OPTION = re.compile(r' +:(?P<name>[a-z-]+):(?: +(?P<value>.*))?$')
CODE = {'code-block', 'sourcecode', 'code', 'config-block', 'highlight-block', 'parsed-literal'}
DEADLINE = 600  # seconds for one build of the site, which takes about ten


@dataclass(frozen=True)
class Published:
    """A configuration block of the site: where its source has it, and what it says."""

    page: str
    line: int
    engine: str
    text: str
    options: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.options.get('name') or f'{self.page}:{self.line}'

    @property
    def shows_a_fault(self) -> bool:
        """Whether the page shows it as what is wrong, or does not answer for it."""
        return bool(self.options.keys() & {'expect', 'unchecked'})


def published() -> tuple[Published, ...]:
    """Return the configuration blocks of all pages, in the order of the pages and their text."""
    return tuple(block for path in _files() for block in blocks_of(path, _page(path)))


def pages() -> tuple[str, ...]:
    """Return the names of all pages, as Sphinx calls them."""
    return tuple(_page(path) for path in _files())


def _files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob('*.rst') if not path.name.startswith('_'))


def _page(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix('').as_posix()


def blocks_of(file: Path, page: str) -> Iterator[Published]:
    """Yield the configuration blocks of a file; what an example only quotes is none."""
    lines = file.read_text(encoding='utf-8').expandtabs(8).split('\n')
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        found = DIRECTIVE.match(line)
        if found and found['name'] == 'include':
            yield from blocks_of(file.parent / found['argument'].strip(), page)
        literal = line.rstrip().endswith('::') and not line.lstrip().startswith('..')
        if not literal and not (found and found['name'] in CODE):
            continue
        body = _body(lines, number, len(line) - len(line.lstrip()))
        if found and (engine := ENGINES.get(found['argument'].strip())):
            options, content = _split(body)
            if 'file' in options:
                content = (file.parent / options['file']).read_text('utf-8').splitlines()
            if found['argument'].strip() != 'ini' or UWSGI in content:
                yield Published(page, number, engine, '\n'.join(content), options)
        number += len(body)


def _body(lines: list[str], start: int, indent: int) -> list[str]:
    """Return the lines from ``start`` on that stand deeper than ``indent``."""
    end = start
    while end < len(lines) and (
        not lines[end].strip() or lines[end].startswith(' ' * (indent + 1))
    ):
        end += 1
    return lines[start:end]


def _split(body: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options of a directive, and its content without the indentation."""
    options = {}
    start = 0
    while start < len(body) and (option := OPTION.match(body[start])):
        options[option['name']] = (option['value'] or '').strip()
        start += 1
    content = body[start:]
    while content and not content[0].strip():
        del content[0]
    while content and not content[-1].strip():
        del content[-1]
    indent = min((len(line) - len(line.lstrip()) for line in content if line.strip()), default=0)
    return options, [line[indent:] for line in content]


def build(builder: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build the site into ``folder / builder`` as ``tox -e docs`` does; warnings are errors.

    But for the one that a block has changed since it was proved: it takes a built site to prove it.
    """
    unproved = 'suppress_warnings=configcheck.changed-since-proved'
    command = [sys.executable, '-m', 'sphinx', '-q', '-W', '-b', builder, '-c', '.', '-D', unproved]
    return subprocess.run(
        [*command, *arguments, 'source', str(folder / builder)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


def html_blocks(folder: Path, page: str) -> list[tuple[str, str]]:
    """Return engine and text of each configuration block of a built HTML page, in order."""
    tree = html.parse(str(folder / f'{page}.html'))
    found = []
    for box in tree.iterfind('.//div[@class]'):
        names = box.get('class').split()
        pre = box.find('.//pre')
        if pre is None or not any(name.startswith('highlight-') for name in names):
            continue
        text = pre.text_content()
        # A block that was checked says for which server; one that was not is known by its language.
        engines = [name.removeprefix('configcheck-') for name in names if 'configcheck-' in name]
        engines += [engine for name, engine in ENGINES.items() if f'highlight-{name}' in names]
        if engines and ('highlight-ini' not in names or len(engines) > 1 or UWSGI in text):
            found.append((engines[0], text))
    return found


def in_text(block: str, page: str, start: int) -> tuple[str, int] | None:
    """Take a block out of a page that the text builder wrote, from the line ``start`` on.

    Returns the block's text, freed from the page's indentation, and the line behind it; None where
    no stretch of the page says the same.
    """
    wanted = block.split('\n')
    inside = len(wanted[0]) - len(wanted[0].lstrip())
    lines = page.split('\n')
    for number in range(start, len(lines) - len(wanted) + 1):
        there = lines[number : number + len(wanted)]
        indent = len(there[0]) - len(there[0].lstrip()) - inside
        if indent < 0 or any(line[:indent].strip() for line in there):
            continue
        taken = [line[indent:] for line in there]
        if taken == wanted:
            return '\n'.join(taken), number + len(wanted)
    return None
