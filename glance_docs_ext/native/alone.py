"""A filter of system calls under which a program starts no other process.

No engine does so while it checks. A limit on the number of processes (``RLIMIT_NPROC``) does not
hold for root, even where it is nobody in a namespace, and counts all that a user runs on older
kernels. So the kernel is asked to refuse the calls that make a process: bubblewrap hands it this
program of the Berkeley Packet Filter. Threads, which share the memory that is bounded, may be made.
"""

from __future__ import annotations

import errno
import platform
import struct
import sys
from typing import NamedTuple

CLONE_THREAD = 0x10000  # <linux/sched.h>
CLONE3 = 435  # its flags are in memory, where a filter does not see them: the C library takes clone
X32 = 0x4000_0000  # from this number on the calls of a second interface of x86_64
NUMBER, ARCHITECTURE, FLAGS = 0, 4, 16  # offsets in struct seccomp_data; the first argument is last
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # <linux/bpf_common.h>
ALLOW, ERROR = 0x7FFF_0000, 0x0005_0000  # <linux/seccomp.h>


class Machine(NamedTuple):
    """How the kernel calls an architecture, and the numbers of its calls."""

    audit: int  # AUDIT_ARCH_… of <linux/audit.h>
    clone: int
    forks: tuple[int, ...] = ()


MACHINES = {
    'x86_64': Machine(0xC000003E, 56, (57, 58)),
    'aarch64': Machine(0xC00000B7, 220),
    'riscv64': Machine(0xC00000F3, 220),
    'ppc64le': Machine(0xC0000015, 120, (2, 189)),
}
"""On others the number of processes has no bound: memory and time have."""


def alone() -> bytes:
    """Return the filter for this machine, b'' where we have none."""
    machine = MACHINES.get(platform.machine())
    return _program(machine) if machine and sys.maxsize > 2**32 else b''


def _program(machine: Machine) -> bytes:
    refused = [CLONE3, *machine.forks]
    return b''.join(
        (
            _step(LOAD, ARCHITECTURE),
            _step(EQUAL, machine.audit, 1, 0),
            _step(RETURN, ERROR | errno.EPERM),  # the calls of another interface
            _step(LOAD, NUMBER),
            _step(AT_LEAST, X32, 0, 1),
            _step(RETURN, ERROR | errno.EPERM),
            *(step for call in refused for step in _refusal(call)),
            _step(EQUAL, machine.clone, 1, 0),
            _step(RETURN, ALLOW),
            _step(LOAD, FLAGS),
            _step(ANY_BIT, CLONE_THREAD, 0, 1),
            _step(RETURN, ALLOW),
            _step(RETURN, ERROR | errno.EAGAIN),
        )
    )


def _refusal(call: int) -> tuple[bytes, bytes]:
    """Return the steps that refuse a call; ENOSYS has the C library fall back on clone."""
    reason = errno.ENOSYS if call == CLONE3 else errno.EAGAIN
    return _step(EQUAL, call, 0, 1), _step(RETURN, ERROR | reason)


def _step(code: int, value: int, so: int = 0, otherwise: int = 0) -> bytes:
    """Return an instruction: ``struct sock_filter``, with how many to leap over."""
    return struct.pack('=HBBI', code, so, otherwise, value)
