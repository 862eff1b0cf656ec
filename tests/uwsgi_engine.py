"""Ask the real uWSGI about many texts at once, inside the sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests import sandbox
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 80  # texts; a busy machine answers them in seconds, and the sandbox has a deadline
# One shell for all texts: starting the sandbox takes longer than starting uWSGI.
LOOP = """
for file in /conf/*.ini; do
    echo "@@ $file"
    timeout -s KILL 2 "$@" --ini "$file" 2>&1
    echo "@@ exit $?"
done
"""
ANSWER = re.compile(r'^@@ /conf/\d+\.ini\n(.*?)^@@ exit (\d+)\n', re.DOTALL | re.MULTILINE)
CONFIGURATION = re.compile(r'^\[uwsgi\]\n(.*?)^;end of configuration', re.DOTALL | re.MULTILINE)


class Answer(NamedTuple):
    """What the engine printed, and its exit status."""

    output: str
    status: int


def strict(texts: Sequence[str]) -> list[Answer]:
    """Return what strict mode says of each text; nothing is bound, no application is loaded."""
    return _ask(texts, '--plugins', 'http,python3', '--strict', '--get', 'no-such-key')


def options(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return the options that the engine applies for each text, in its order."""
    found = []
    for answer in _ask(texts, '--show-config', '--no-server'):
        configuration = CONFIGURATION.search(answer.output)
        assert configuration, answer
        lines = configuration[1].split('\n')[:-1]
        own = next(n for n, line in enumerate(lines) if line.startswith('ini = /conf/')) + 1
        found.append([_option(line) for line in lines[own:]])
    return found


def _option(line: str) -> tuple[str, str]:
    name, _, value = line.partition(' = ')
    return name, value


def _ask(texts: Sequence[str], *arguments: str) -> list[Answer]:
    answers: list[Answer] = []
    for first in range(0, len(texts), BATCH):
        batch = texts[first : first + BATCH]
        done = sandbox.run(
            ['/bin/sh', '-c', LOOP, 'sh', require('uwsgi'), *arguments],
            {f'/conf/{number:03}.ini': text for number, text in enumerate(batch)},
            visible=['/etc/alternatives'],
        )
        found = ANSWER.findall(done.stdout)
        assert len(found) == len(batch), done.stderr
        answers += [Answer(output, int(status)) for output, status in found]
    return answers
