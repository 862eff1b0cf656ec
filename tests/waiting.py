"""soon(): wait for a condition, not for a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 90.0  # seconds; within one mostly, but a busy machine is no fault
PAUSE = 0.05


def soon(condition: Callable[[], bool]) -> bool:
    """Whether ``condition`` becomes true within `DEADLINE` seconds."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(PAUSE)
    return False
