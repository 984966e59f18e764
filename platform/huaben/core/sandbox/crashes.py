"""Tells a child that crashed for want of memory from one that its file brought down.

C code that is refused memory may just fall over, and a dead process no longer tells how much it
held. So the child does not die of a crash: the thread that crashes stays where it is, and the
parent looks at the process before it kills it.
"""

from __future__ import annotations

import ctypes
import signal
from dataclasses import dataclass
from pathlib import Path

CRASHES = (signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV)
_CRASH_BITS = sum(1 << (crash - 1) for crash in CRASHES)


@dataclass(frozen=True)
class Crash:
    """The signal that a thread was brought down by, and the most address space that its process
    ever had, in bytes.
    """

    signal: signal.Signals
    peak_bytes: int


def hold_crashes() -> None:
    """In the child: let a thread that crashes wait for the parent, by libc's ``pause`` as handler.

    Nothing of ours runs in the handler, so it does not matter what state the process is in. Where
    the stack is used up no handler can run; such a child dies as it would without.
    """
    libc = ctypes.CDLL(None)
    libc.signal.argtypes, libc.signal.restype = (ctypes.c_int, ctypes.c_void_p), ctypes.c_void_p
    pause = ctypes.cast(libc.pause, ctypes.c_void_p)
    for crash in CRASHES:
        libc.signal(crash, pause)


def find_crash(pid: int) -> Crash | None:
    """In the parent: the crash that a thread of the child waits in, or None (Linux only).

    The kernel blocks a signal while its handler runs, and only that one; a thread that blocks them
    all at once, as libraries do for a moment, has not crashed.
    """
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:  # the thread has ended
            continue
        facts = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
        blocked = int(facts["SigBlk"][0], 16) & _CRASH_BITS
        if blocked.bit_count() == 1 and "VmPeak" in facts:
            peak_bytes = int(facts["VmPeak"][0]) * 1024
            return Crash(signal.Signals(blocked.bit_length()), peak_bytes)
    return None
