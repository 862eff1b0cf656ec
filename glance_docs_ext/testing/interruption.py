"""Servers end with the tests, however the tests end.

SIGTERM ends Python at once, without the ``finally`` that ends a server. So it is made an end of the
session as Ctrl-C is: `exit_on_sigterm`. Nothing can be done in the process that gets SIGKILL, or
dies of a fault; there the kernel tells the server: `bound_to_us`.
"""

from __future__ import annotations

import shutil
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

SETPRIV = '/usr/bin/setpriv'  # util-linux 2.33 or later, on every Debian
# Each of the servers stops with all its workers on SIGINT; SIGTERM makes uWSGI load itself anew.
FAREWELL = 'INT'
ENDED = 'ended by SIGTERM'


def bound_to_us(command: Sequence[str]) -> list[str]:
    """Return ``command`` so that the server is told to stop when the thread that started it ends.

    That is ``PR_SET_PDEATHSIG`` of prctl(2), which the first process of the server has and keeps;
    it is for that process to end its workers. Without ``setpriv`` (another system than Linux) the
    command stays as it is.
    """
    setpriv = shutil.which(SETPRIV)
    return [*([setpriv, '--pdeathsig', FAREWELL, '--'] if setpriv else []), *command]


def exit_on_sigterm(session: pytest.Session) -> None:
    """Let SIGTERM end the session as Ctrl-C does; leave a handler that is there already alone.

    What is raised is no ``Exception``, which the code under test, or Hypothesis, would catch. Where
    Python can raise nothing (a finalizer), the session ends behind the test that is running.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def stop(_number: int, _frame: object) -> None:
        session.shouldstop = ENDED
        raise KeyboardInterrupt(ENDED)

    def restore() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    session.config.add_cleanup(restore)
