"""Ask the real Apache about many configurations, in the sandbox of ``glance_docs_ext.native``.

All modules are loaded, with the event MPM, and on request one that is not installed, from a folder
that its package was unpacked in. Each text has a process and a sandbox of its own; two run side by
side.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.native import sandbox
from glance_docs_ext.native.apache import BLOCK, LINE, MODULES
from tools.catalogues.apache_elf import read_modules

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM = Path('/usr/sbin/apache2')
MPMS = ('mod_mpm_event.so', 'mod_mpm_prefork.so', 'mod_mpm_worker.so')
WORKERS = 2
# Where packages put the libraries that their modules need, beneath the folder.
LIBRARIES = ('x86_64-linux-gnu', 'x86_64-linux-gnu/blas', 'x86_64-linux-gnu/lapack', 'ocaml', '')

AROUND = '/conf/around'
WRAPPER = f"""
ServerRoot /usr/lib/apache2
ServerName localhost
DefaultRuntimeDir /tmp
ErrorLog /tmp/error.log
Include {BLOCK}
"""

PREFIX = re.compile(r'^\[[^]]*\] .*?AH\d+: |^AH\d+: |^apache2: ', re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What the engine said of one text; ``line`` is 1-based, None where it named none."""

    accepted: bool
    line: int | None
    message: str


@dataclass(frozen=True)
class Extra:
    """Modules that are not installed: the folder they are unpacked in, and the lines to load them.

    The lines name the files by their absolute path. ``mpm`` is the MPM to load them with.
    """

    folder: Path
    lines: str
    mpm: str = MPMS[0]


@cache
def _wrapper(extra: Extra | None) -> str:
    """Return the configuration around a text: all modules, one MPM, and the lines of ``extra``."""
    mpm = extra.mpm if extra else MPMS[0]
    lines = []
    for file in sorted(MODULES.glob('*.so')):
        if file.name not in MPMS or file.name == mpm:
            lines += [f'LoadModule {m.symbol} {file}' for m in read_modules(file)]
    return '\n'.join([*lines, extra.lines if extra else '']) + WRAPPER


def ask(texts: Iterable[bytes | str], extra: Extra | None = None) -> list[Answer]:
    """Return the engine's verdict on each text, in their order."""
    return [_answer(*output) for output in run(texts, '-t', extra=extra)]


def dump(texts: Iterable[bytes | str]) -> list[str]:
    """Return for each text what the engine prints of its tree, the wrapper's part taken away.

    The lines are the engine's: ``# In file: …``, ``# N:`` with the line of the next directive.
    """
    return [output for _, output in run(texts, '-t', '-DDUMP_CONFIG')]


def run(
    texts: Iterable[bytes | str], *options: str, extra: Extra | None = None
) -> list[tuple[int, str]]:
    """Run the engine once for each text; return its status and all it printed."""
    given = [
        text.encode('utf-8', 'surrogatepass') if isinstance(text, str) else text for text in texts
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda text: _run(text, options, extra), given))


def _run(text: bytes, options: Iterable[str], extra: Extra | None) -> tuple[int, str]:
    done = sandbox.run(
        [PROGRAM, '-f', AROUND, *options],
        {AROUND: _wrapper(extra).encode(), BLOCK: text},
        visible=[extra.folder] if extra else (),
        environment={'LD_LIBRARY_PATH': _libraries(extra.folder)} if extra else None,
    )
    return done.status, done.output


def _libraries(folder: Path) -> str:
    return ':'.join(f'{folder}/usr/lib/{name}' for name in LIBRARIES)


def _answer(status: int, output: str) -> Answer:
    """Take apart the two shapes of the engine's message (read phase and walk phase)."""
    lines = [first or second for first, second in LINE.findall(output)]
    message = PREFIX.sub('', output).strip()
    return Answer(status == 0, int(lines[-1]) if lines else None, message)
