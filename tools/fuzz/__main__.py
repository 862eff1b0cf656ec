"""Give texts to the readers and rules, guided by what they run: ``tox -e fuzz -- TARGET OPTION…``.

Without a target, each has its turn and gets a share of the time. Options are libFuzzer's, such as
``-max_total_time=600``. An input that fails is kept in ``build/fuzz`` as ``TARGET-crash-…``; named
in place of a target, it is tried again. To keep it for good see ``tests/found/README.rst``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.fuzz.corpus import REPOSITORY, seeds
from tools.fuzz.growth import slow
from tools.fuzz.targets import TARGETS

SECONDS = 600  # for all targets together
KEPT = REPOSITORY / 'build' / 'fuzz'
OPTIONS = ('-max_len=4000', '-timeout=20', '-rss_limit_mb=2048', '-print_final_stats=1')
TIME = re.compile(r'-max_total_time=(\d+)')
GROWTH = 'growth'
CHOICES = (*TARGETS, GROWTH)


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` say; return how many targets have failed."""
    if not {'-h', '--help'}.isdisjoint(arguments):
        print(__doc__, f'TARGET: {" ".join(CHOICES)}', sep='\n')
        return 0
    options = [argument for argument in arguments if argument.startswith('-')]
    named = [argument for argument in arguments if not argument.startswith('-')]
    files = [Path(name) for name in named if name not in CHOICES]
    for file in files:
        again(file)
    targets = [name for name in named if name in CHOICES]
    if not targets and not files:
        targets = list(CHOICES)
    times = [int(found[1]) for option in options if (found := TIME.fullmatch(option))]
    share = max(1, (times[-1] if times else SECONDS) // max(1, len(targets)))
    rest = [option for option in options if not TIME.fullmatch(option)]
    failed = 0
    for target in targets:
        print(f'{target}: {share} seconds', flush=True)
        failed += not (grows_evenly(share) if target == GROWTH else holds(target, share, rest))
    return failed


def again(file: Path) -> None:
    """Give an input that failed to the target that its name begins with."""
    target = file.name.split('-')[0]
    if not file.is_file() or target not in TARGETS:
        sys.exit(f'expected a file that was kept, or one of {" ".join(CHOICES)}, found {file}')
    TARGETS[target](file.read_bytes())
    print(f'{file} holds')


def holds(target: str, seconds: int, options: list[str]) -> bool:
    """Run one target in a process of its own, which libFuzzer ends as it likes."""
    learnt = KEPT / 'corpus' / target
    learnt.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        for number, data in enumerate(seeds(target)):
            Path(name, f'{number:05}').write_bytes(data)
        command = [sys.executable, '-m', 'tools.fuzz.guided', target, *OPTIONS, *options]
        command += [f'-max_total_time={seconds}', f'-artifact_prefix={KEPT}/{target}-']
        command += [str(learnt), name]
        return subprocess.run(command, cwd=REPOSITORY, check=False).returncode == 0


def grows_evenly(seconds: int) -> bool:
    """Print what costs more than its length explains, and whether there was nothing."""
    found = list(slow(seconds))
    for target, piece, factor in found:
        print(f'{target}: {factor:.0f} times the cost for 4 times the text: {piece!r} repeated')
    return not found


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
