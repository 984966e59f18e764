"""Waits for what other threads and processes do: the one place where a test may let time pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def wait_until(condition: Callable[[], Found], seconds: float = 60) -> Found:
    """The first true answer of ``condition``, which is asked twenty times a second.

    ``seconds`` is patience for a busy machine, not a bar: no test is slower for it. Raises
    AssertionError when it never becomes true.
    """
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds:g} seconds"
        time.sleep(0.05)  # noqa: TID251
    return found
