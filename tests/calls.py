"""calls(), lines(), evenly(): what a text costs, counted so that it is the same on every run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction

TIMES = 4
MOST = 5.0  # times the calls for four times the text; a quadratic cost is 16 times
SETTLED = 5000  # calls: below that, what is done once counts more than what is done by line


def calls(task: Callable[[], object]) -> int:
    """Return how many functions ``task`` calls, those written in C as well."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {'call', 'c_call'}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        task()
    finally:
        sys.setprofile(before)
    return count


def lines(task: Callable[[], object]) -> int:
    """Return how many lines of Python ``task`` runs: what a loop that calls nothing costs."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += event == 'line'
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        task()
    finally:
        sys.settrace(before)
    return count


def evenly(
    small: Callable[[], object],
    large: Callable[[], object],
    count: Callable[[Callable[[], object]], int] = calls,
) -> bool:
    """Whether ``large``, with `TIMES` as much to read, costs no more than its size explains."""
    small()  # so that what is done once for all texts is done
    return count(large) < MOST * max(count(small), SETTLED)
