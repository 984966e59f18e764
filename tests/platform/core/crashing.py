"""A sandboxed child that ends as it is told: ``python -m tests.platform.core.crashing``."""

from __future__ import annotations

import ctypes
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3] / "platform"))

from huaben.core.sandbox.child import Progress, serve

libc = ctypes.CDLL(None)
libc.malloc.argtypes, libc.malloc.restype = (ctypes.c_size_t,), ctypes.c_void_p


def use_all_memory() -> None:
    """Take memory until there is none, a mebibyte at a time."""
    while libc.malloc(1024**2):
        pass


def write_to_nowhere() -> None:
    ctypes.memset(0, 0, 1)


def end(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    if request["memory"] == "all":
        use_all_memory()
    if request["how"] == "loop":
        while True:
            pass
    crash = {"segmentation_fault": write_to_nowhere, "abort": libc.abort}[request["how"]]
    if request["thread"] == "main":
        crash()
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    return {}


if __name__ == "__main__":
    # What a thread needs is there before the memory is gone.
    threading.Thread(target=int).start()
    serve({"end": end})
