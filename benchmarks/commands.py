"""python -m benchmarks.commands: what starting our programs takes, with pyperf."""

from __future__ import annotations

import sys
from pathlib import Path

import pyperf

SMALL = Path(__file__).parents[1] / 'tests' / 'configs' / 'apache' / 'ok' / 'wsgi-service.conf'
CONFIGCHECK = [sys.executable, '-m', 'glance_docs_ext']
COMMANDS = {
    'python -c pass': [sys.executable, '-c', 'pass'],
    'python -c "import glance_docs_ext"': [sys.executable, '-c', 'import glance_docs_ext'],
    'configcheck --help': [*CONFIGCHECK, '--help'],
    'configcheck check FILE': [*CONFIGCHECK, 'check', str(SMALL)],
}


def main() -> None:
    """Time every command."""
    runner = pyperf.Runner(program_args=('-m', 'benchmarks.commands'))
    for name, command in COMMANDS.items():
        runner.bench_command(name, command)


if __name__ == '__main__':
    main()
