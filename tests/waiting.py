"""Waits for other threads and processes: the only module of the tests that may sleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def wait_until(condition: Callable[[], Result | None], seconds: float = 60) -> Result:
    """Call ``condition`` twenty times a second and return its first true result.

    Raises AssertionError after ``seconds``, which is generous for a busy machine; no test is slower
    for it.
    """
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds:g} seconds"
        time.sleep(0.05)  # noqa: TID251
    return result
