"""Ask the real Apache about many configurations at once, in a sandbox.

``apache2 -t`` opens files, loads code and resolves names on behalf of the text that it reads, so it
runs in bubblewrap: no network, no /proc, no environment, nothing to write but a temporary /tmp.
All modules are loaded, with the event MPM, and on request one that is not installed, from a folder
that its package was unpacked in. One sandbox checks a whole batch of texts, each in its own process
with a time limit; two sandboxes run side by side.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalogues.apache_elf import read_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROGRAM = Path('/usr/sbin/apache2')
MODULES = Path('/usr/lib/apache2/modules')
MPMS = ('mod_mpm_event.so', 'mod_mpm_prefork.so', 'mod_mpm_worker.so')
SECONDS = 5  # for one text
BATCH = 50
WORKERS = 2
UNPACKED = '/unpacked'
# Where packages put the libraries that their modules need, beneath the folder.
LIBRARIES = ('x86_64-linux-gnu', 'x86_64-linux-gnu/blas', 'x86_64-linux-gnu/lapack', 'ocaml', '')

WRAPPER = """
ServerRoot /usr/lib/apache2
ServerName localhost
DefaultRuntimeDir /tmp
ErrorLog /tmp/error.log
Include /conf/${SNIPPET}
"""

# The arguments of every run of a batch stand in one file, so that one sandbox does for all.
LOOP = r"""
for file in /conf/[0-9]*.conf; do
  echo "@@@ ${file##*/}"
  SNIPPET=${file##*/} /usr/bin/timeout %d /usr/sbin/apache2 -f /conf/wrapper $1 2>&1
  echo "@@@= $?"
done
"""

LINE = re.compile(r'line (\d+) of /conf/\d+\.conf')
UNCLOSED = re.compile(r'/conf/\d+\.conf:(\d+): <\S* was not closed')
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

    The lines name the files beneath `UNPACKED`. ``mpm`` is the MPM to load them with.
    """

    folder: Path
    lines: str
    mpm: str = MPMS[0]


def installed() -> bool:
    """Whether the engine and the sandbox are there."""
    return PROGRAM.exists() and MODULES.is_dir() and Path('/usr/bin/bwrap').exists()


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
    return [_answer(*output) for output in run(texts, '-t', extra)]


def dump(texts: Iterable[bytes | str]) -> list[str]:
    """Return for each text what the engine prints of its tree, the wrapper's part taken away.

    The lines are the engine's: ``# In file: …``, ``# N:`` with the line of the next directive.
    """
    return [output for _, output in run(texts, '-t -DDUMP_CONFIG')]


def run(
    texts: Iterable[bytes | str], options: str, extra: Extra | None = None
) -> list[tuple[int, str]]:
    """Run the engine once for each text; return its status and all it printed."""
    given = [
        text.encode('utf-8', 'surrogatepass') if isinstance(text, str) else text for text in texts
    ]
    batches = [given[start : start + BATCH] for start in range(0, len(given), BATCH)]
    with ThreadPoolExecutor(WORKERS) as pool:
        done = pool.map(lambda batch: _run_batch(batch, options, extra), batches)
        return [output for batch in done for output in batch]


def _run_batch(texts: Sequence[bytes], options: str, extra: Extra | None) -> list[tuple[int, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / 'wrapper').write_text(_wrapper(extra))
        for number, text in enumerate(texts):
            (folder / f'{number:05}.conf').write_bytes(text)
        done = subprocess.run(
            [*_sandbox(folder), *_unpacked(extra), '/bin/sh', '-c', LOOP % SECONDS, 'sh', options],
            capture_output=True,
            check=False,
            timeout=SECONDS * len(texts) + 60,
        )
    output = done.stdout.decode('utf-8', 'replace')
    parts = re.split(r'^@@@ \d+\.conf\n', output, flags=re.MULTILINE)[1:]
    if len(parts) != len(texts):
        raise RuntimeError(f'expected {len(texts)} answers, found {len(parts)}: {done.stderr!r}')
    return [_split(part) for part in parts]


def _sandbox(folder: Path) -> list[str]:
    links = [
        ('usr/lib', '/lib'),
        ('usr/lib64', '/lib64'),
        ('usr/bin', '/bin'),
        ('usr/sbin', '/sbin'),
    ]
    return [
        *('/usr/bin/bwrap', '--unshare-all', '--die-with-parent', '--new-session', '--clearenv'),
        *('--cap-drop', 'ALL', '--uid', '65534', '--gid', '65534'),
        *('--ro-bind', '/usr', '/usr', '--dev', '/dev', '--tmpfs', '/run'),
        *('--tmpfs', '/tmp'),  # noqa: S108 - the sandbox's own
        *('--ro-bind', '/etc/passwd', '/etc/passwd', '--ro-bind', '/etc/group', '/etc/group'),
        *(word for target, link in links for word in ('--symlink', target, link)),
        *('--ro-bind', str(folder), '/conf'),
    ]


def _unpacked(extra: Extra | None) -> list[str]:
    if extra is None:
        return []
    libraries = ':'.join(f'{UNPACKED}/usr/lib/{name}' for name in LIBRARIES)
    return [
        *('--ro-bind', str(extra.folder), UNPACKED),
        *('--setenv', 'LD_LIBRARY_PATH', libraries),
    ]


def _split(part: str) -> tuple[int, str]:
    output, _, status = part.rpartition('@@@= ')
    return int(status), output


def _answer(status: int, output: str) -> Answer:
    """Take apart the two shapes of the engine's message (read phase and walk phase)."""
    lines = LINE.findall(output) or UNCLOSED.findall(output)
    message = PREFIX.sub('', output).strip()
    return Answer(status == 0, int(lines[-1]) if lines else None, message)
