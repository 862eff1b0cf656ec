"""The programs that tests run: real engines, the sandbox, the browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

# The system's own come first: pyuwsgi puts a ``uwsgi`` into the environment that the tests run in.
PLACES = os.pathsep.join(('/usr/sbin', '/usr/bin', '/sbin', os.environ.get('PATH', os.defpath)))


def require(program: str) -> str:
    """Return the absolute path of ``program``, or skip the test.

    With ``CONFIGCHECK_REQUIRE_ENGINES`` in the environment, as CI has it, the test fails instead.
    """
    found = shutil.which(program, path=PLACES)
    if not found:
        missing(program)
    return str(Path(found).absolute())


def missing(thing: str) -> NoReturn:
    """Skip the test, or fail it where the engines are required, for want of ``thing``."""
    reason = f'{thing} is not installed (bindep.txt names its package)'
    if os.environ.get('CONFIGCHECK_REQUIRE_ENGINES', '0') not in {'', '0'}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
