"""Packages of Debian as files: fetched and unpacked, and nothing of them installed or run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def can_download() -> bool:
    """Whether this is a system with apt-get."""
    return all(map(shutil.which, ('apt-get', 'apt-cache', 'dpkg-deb')))


def download(names: Sequence[str], folder: Path) -> list[Path]:
    """Fetch packages into ``folder`` with apt-get; return the files, sorted.

    What apt-get does not know or cannot fetch is left out: it says so itself, on standard error.
    """
    shown = _run('apt-cache', '--no-all-versions', 'show', *names).stdout
    known = re.findall(r'^Package: (.+)$', shown, re.MULTILINE)
    if known:
        command = ['apt-get', '-q', 'download', *sorted(set(known))]
        subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False)
    return sorted(folder.glob('*.deb'))


def unpack(file: Path, folder: Path) -> None:
    """Unpack a package into ``folder``, beside what is there.

    :raises subprocess.CalledProcessError: it is no package
    """
    _run('dpkg-deb', '-x', str(file), str(folder)).check_returncode()


def field(file: Path, name: str) -> str:
    """Return what a package says of itself, such as ``Depends``; '' where it says nothing.

    :raises subprocess.CalledProcessError: it is no package
    """
    done = _run('dpkg-deb', '-f', str(file), name)
    done.check_returncode()
    return done.stdout.strip()


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, 'LC_ALL': 'C'}
    )
