"""From the paths of a command line to blocks: which files are read, and by which server."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.checker import FINDING, or_fault
from glance_docs_ext.diagnostics import Diagnostic, GlanceDocsError
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.pages import is_page, read_page
from glance_docs_ext.pages.blocks import Block
from glance_docs_ext.pages.files import decoded
from glance_docs_ext.pipes import NotAFileError, is_special, read_bytes
from glance_docs_ext.source import Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.mentions import Mention
    from glance_docs_ext.notes import Note, Timeline
    from glance_docs_ext.told import Told

STANDARD_INPUT = '-'
HTACCESS = '.htaccess'
BUILT = '_build'  # where Sphinx writes to, as sphinx-quickstart has it
WHOLE = {'apache': 'server', 'uwsgi': 'file', 'nginx': 'main'}
"""The context of a file that is read on its own."""

NGINX_SECTIONS = frozenset({'events', 'http', 'mail', 'stream'})
"""One of these at the top of a file shows that it is nginx's main one; others are included."""

FORMATS = {'.yaml': 'YAML', '.yml': 'YAML', '.xml': 'XML', '.json': 'JSON'}
"""What uWSGI reads a file as, by the end of its name, where that is not ini."""

SAMPLE = 100_000  # characters of a file: enough to tell whose it is


class InputError(GlanceDocsError):
    """A file cannot be read, or nobody can tell what it is."""


@dataclass(frozen=True, slots=True)
class Input:
    """What is read together: the blocks of a page, or a file.

    ``skipped`` names the servers that a file does not look like, so that it is not checked; ''
    where it is. ``told`` is what the page says in prose and commands.
    """

    path: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    skipped: str = ''
    told: Told | None = None
    timelines: tuple[Timeline, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what a command line names.

    ``engine`` and ``context`` are what it says of files whose names do not tell, None for nothing.
    """

    engine: str | None = None
    context: str | None = None

    def read(self, path: str) -> Iterator[Input]:
        """Yield what ``path`` holds: a page, a file, all files beneath a folder, or "-".

        What is no regular file is left out of a folder: a pipe that nobody writes to has no end.

        :raises InputError: it cannot be read, or what it is cannot be told
        """
        if path == STANDARD_INPUT:
            yield self._standard_input()
        elif Path(path).is_dir():
            for file in filter(self._may_read, files_beneath(path)):
                if not is_special(file):
                    yield self._file(file)
        else:
            yield self._file(path)

    def _may_read(self, path: str) -> bool:
        """Whether a file that was not named itself is a page, or one of the server asked for."""
        names = {engine.name for engine in _candidates(path)}
        return is_page(path) or self.engine is None or self.engine in names

    def _standard_input(self) -> Input:
        if self.engine is None:
            raise InputError('standard input has no name that tells the server: say --engine')
        text = decoded(sys.stdin.buffer.read())
        return self._configuration('<stdin>', text, ENGINES[self.engine])

    def _file(self, path: str) -> Input:
        text = _text(path)
        if is_page(path):
            page = or_fault(FINDING, path, read_page, path, text)
            if isinstance(page, Diagnostic):
                return Input(path, diagnostics=(page,))
            return Input(
                path,
                page.blocks,
                page.notes,
                page.diagnostics,
                told=page.told,
                timelines=page.timelines,
                mentions=page.mentions,
            )
        if self.engine in {None, 'uwsgi'} and (other := FORMATS.get(Path(path).suffix.lower())):
            is_ours = self.engine is not None or 'uwsgi' in text
            more = '; of what uWSGI reads only ini is' if is_ours else ''
            raise InputError(f'{path}: {other} is not checked{more}')
        if self.engine is not None:
            return self._configuration(path, text, ENGINES[self.engine])
        candidates = _candidates(path)
        if not candidates:
            raise InputError(f'{path}: the name does not tell what it is: say --engine')
        engine = engine_of(path, text, candidates)
        if engine is None:
            labels = ' or '.join(engine.label for engine in candidates)
            return Input(path, skipped=labels)
        return self._configuration(path, text, engine)

    def _configuration(self, path: str, text: str, engine: Engine) -> Input:
        source = Source(text, path)
        context = self.context or _context(source, engine)
        return Input(path, (Block(source, engine.name, Place(path, 1, 1, 1, 1), context),))


def files_beneath(path: str) -> Iterator[str]:
    """Yield the files beneath a folder that may be ours, sorted.

    What is hidden is left out, and what Sphinx has built: it holds copies of the pages.

    :raises InputError: the folder cannot be listed
    """

    def refuse(error: OSError) -> None:
        raise InputError(f'cannot read {error.filename}: {error.strerror}')

    for folder, folders, names in os.walk(path, onerror=refuse):
        folders[:] = sorted(name for name in folders if name[0] != '.' and name != BUILT)
        for name in sorted(names):
            if name == HTACCESS or not name.startswith('.'):
                file = str(Path(folder, name))
                if is_page(file) or _candidates(file):
                    yield file


def engine_of(path: str, text: str, candidates: Sequence[Engine]) -> Engine | None:
    """Return which of ``candidates`` reads ``text``, None where that cannot be told.

    Of several servers it is the one that knows most of the names, if that is half of them or more.
    """
    claimants = [engine for engine in candidates if engine.claims(text)]
    if len(candidates) == 1:
        return claimants[0] if claimants else None
    sample = Source(text[:SAMPLE], path)
    scores = [(_score(engine, sample), engine) for engine in claimants]
    best = max((score for score, _ in scores), default=0)
    winners = [engine for score, engine in scores if score == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


def _score(engine: Engine, sample: Source) -> int:
    """Return how many names the engine knows, less those it does not; 0 for less than half.

    A text without a semicolon or a brace is not nginx's, whatever words it begins its lines with;
    nor is one in which they are missing nearly everywhere, such as slapd.conf.
    """
    if engine.name == 'nginx' and not {';', '{'} & set(sample.text):
        return 0
    document = engine.parse(sample, None)
    keys = [placed.statement.key for placed in document.placed]
    known = sum(key in engine.catalogue or engine.elsewhere(key) != '' for key in keys)
    faults = sum(problem.kind != 'template-placeholder' for problem in document.problems)
    return max(0, 2 * known - len(keys) - faults + 1) if known else 0


def _candidates(path: str) -> list[Engine]:
    name = Path(path).name
    return [
        engine
        for engine in ENGINES.values()
        if any(fnmatchcase(name, pattern) for pattern in engine.file_names)
    ]


def _context(source: Source, engine: Engine) -> str | None:
    """Return where a file stands: it is whole, but what nginx includes may stand anywhere."""
    if engine.name == 'apache' and Path(source.path).name.endswith(HTACCESS):
        return 'htaccess'
    if engine.name == 'nginx':
        top = {statement.key for statement in engine.parse(source, None).statements}
        return 'main' if top & NGINX_SECTIONS else None
    return WHOLE[engine.name]


def _text(path: str) -> str:
    try:
        return decoded(read_bytes(path))
    except NotAFileError as error:
        why = f'{error.strerror}; "-" is standard input'
        raise InputError(f'cannot read {path}: {why}') from error
    except OSError as error:
        raise InputError(f'cannot read {path}: {error.strerror}') from error
    except ValueError as error:  # a NUL in the name
        raise InputError(f'cannot read {path!r}: {error}') from error
