"""Things that happened, told to whoever asked to know, inside the transaction in which they
happened.

This is how a lower floor speaks upward without knowing who listens: ``media.asset_ready``,
``catalog.cut_created``,
``review.cut_decided``. A listener does little: it enqueues a job or writes a row of its own, and commits or fails with the act.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Listener = Callable[..., None]
_listeners: dict[str, list[Listener]] = {}


def on(event: str) -> Callable[[Listener], Listener]:
    """Register a listener for an event; registering the same function twice keeps one."""

    def register(listener: Listener) -> Listener:
        known = _listeners.setdefault(event, [])
        if listener not in known:
            known.append(listener)
        return listener

    return register


def tell(event: str, **facts: Any) -> None:
    """Call the listeners of ``event`` in the order in which they registered."""
    for listener in _listeners.get(event, []):
        listener(**facts)
